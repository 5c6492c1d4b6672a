import { randomUUID } from 'node:crypto'
import { isAddressable, isHeaderValue, isWritable } from './addressable.ts'
import { outcomeOf } from './attempt.ts'
import { pathOf } from './canonical-request.ts'
import { openOneConnection } from './connection.ts'
import { parseEndpoint } from './endpoints.ts'
import { judgeLockAnswer, type LockAnswer } from './lock-answer.ts'
import { flinkVersion } from './operations.ts'
import type { FlinkClientOptions } from './options.ts'
import { readReply } from './reply.ts'
import { send } from './send.ts'
import { credentialsWithin, headersOf } from './signer.ts'

export interface LockTaker {
  /**
   * Takes the edit lock of one draft for the identity that signs: upstream calls this *Get*DeploymentDraftLock, but it changes the
   * holder. Never call it to look. It is sent once, on a connection of its own; a lost answer is settled by reading the draft back.
   * The time limit covers everything from the call of this method on: admission, fetching the credential, sending and the answer.
   * Never rejects for anything the cloud or the network did. What was not sent at all is `rejected`, with the reason as `message`.
   * @see Ververica 2022-07-18, POST …/deployment-drafts/getLock
   */
  takeLock(namespace: string, draftId: string, options: { signal?: AbortSignal }): Promise<LockAnswer>
}

const operation = 'GetDeploymentDraftLock'
const largestBodyBytes = 256 * 1024

/** @throws EndpointFault, ProxyFault */
export function createLockTaker(options: FlinkClientOptions): LockTaker {
  const origin = parseEndpoint(options.endpoint)
  const env = options.env ?? process.env
  const { now = Date.now, nonce = randomUUID, workspace, timeoutMs } = options
  // A proxy setting that is wrong is told now, not at the first take.
  void openOneConnection(origin, env, timeoutMs).destroy()

  return {
    async takeLock(namespace, draftId, { signal }) {
      const isSendable = isAddressable(namespace) && draftId !== '' && isWritable(draftId) && isHeaderValue(workspace)
      if (!isSendable) return notSent('The cloud can have no draft of that id.')
      // From here on, and not from when it is sent: whoever waits reckons with no answer after the time limit.
      const deadline = performance.now() + timeoutMs
      const leftMs = () => Math.max(0, deadline - performance.now())
      const enough = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])])
      try {
        await options.admit?.(operation, { purpose: 'person', signal: enough })
      } catch {
        return notSent('The call budget did not admit the call.')
      }
      const credentials = await credentialsWithin(options.credentials, leftMs())
      if ('why' in credentials) return notSent('There is no usable credential to sign the take with.')
      if (signal?.aborted) return notSent('The take was given up before it was sent.')
      const limitMs = Math.floor(leftMs())
      if (limitMs < 1) return notSent('The time for the take was over before it could be sent.')
      const dispatcher = openOneConnection(origin, env, limitMs)
      const started = performance.now()
      const delivery = await send(
        {
          method: 'POST',
          path: pathOf(['api', 'v2', 'namespaces', namespace, 'deployment-drafts', 'getLock']),
          query: { deploymentDraftId: draftId },
          headers: headersOf({ operation, version: flinkVersion, workspace }, origin),
        },
        credentials,
        { dispatcher, origin, limitMs, bodyLimitBytes: largestBodyBytes, signal, now, nonce },
      )
      const ms = performance.now() - started
      void dispatcher.destroy()
      const outcome = outcomeOf(delivery, delivery.came ? readReply(delivery) : null)
      options.observe?.({ operation, purpose: 'person', ms, ...outcome })
      return judgeLockAnswer(delivery)
    },
  }
}

function notSent(message: string): LockAnswer {
  return { kind: 'rejected', throttled: false, message }
}

import { setTimeout as wait } from 'node:timers/promises'
import type { IdentityReader } from '@lockdesk/flink-client'
import type { KnownIdentity, ServiceIdentity } from './service-identity.ts'

export interface LearningIdentity extends ServiceIdentity {
  /** Asks until the cloud has told it, ever more rarely; ends when aborted. It never rejects, and nobody waits for it. */
  learn(signal: AbortSignal): Promise<void>
}

export interface ServiceIdentityOptions {
  reader: IdentityReader
  /** As configured: ids by which the cloud names the credential. */
  holderIds: readonly string[]
  /** From [0, 1). */
  random?(): number
  sleep?(ms: number, signal: AbortSignal): Promise<void>
}

const firstBackOffMs = 1_000
const longestBackOffMs = 60_000

/** The identity of a workspace's credential, asked for once. Configured ids are known without asking, and for sure. */
export function createServiceIdentity(options: ServiceIdentityOptions): LearningIdentity {
  const { reader, holderIds, random = Math.random, sleep = defaultSleep } = options
  const [configured] = holderIds
  /** Good enough to take locks with; the name is what is missing. */
  const stopgap: KnownIdentity | null =
    configured === undefined ? null : { name: configured, ids: holderIds, isCertain: true }
  let told: KnownIdentity | null = null
  let asking: Promise<KnownIdentity> | null = null

  async function ask(purpose: 'person' | 'sweep'): Promise<KnownIdentity> {
    const { name, candidateIds, certain } = await reader.whoAmI({ purpose })
    // What might be a role's id is a guess that a configured one replaces: it may be the id of somebody else's session too.
    const ids = certain || configured === undefined ? [...new Set([...holderIds, ...candidateIds])] : holderIds
    told = { name, ids, isCertain: certain || configured !== undefined }
    return told
  }

  function askOnce(purpose: 'person' | 'sweep'): Promise<KnownIdentity> {
    if (told !== null) return Promise.resolve(told)
    asking ??= ask(purpose).finally(() => (asking = null))
    return asking
  }

  return {
    known: () => told ?? stopgap,
    ask: purpose => askOnce(purpose).catch((fault: unknown) => stopgap ?? Promise.reject(fault)),
    async learn(signal) {
      for (let failures = 0; !signal.aborted; failures += 1) {
        if (failures > 0) {
          const most = Math.min(longestBackOffMs, firstBackOffMs * 2 ** Math.min(failures, 16))
          await sleep(firstBackOffMs + random() * most, signal).catch(() => {})
          if (signal.aborted) return
        }
        const isTold = await askOnce('sweep').then(
          () => true,
          () => false,
        )
        if (isTold) return
      }
    },
  }
}

const defaultSleep = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal, ref: false })

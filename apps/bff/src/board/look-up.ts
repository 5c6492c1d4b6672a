import type { DraftRef } from '@lockdesk/contract'
import { DraftNotFound, EnvelopeFailure, GatewayFailure, UpstreamError, Unsendable } from '@lockdesk/flink-client'
import type { Workspace } from '../cloud/workspace.ts'
import { nothingThere } from '../http/nothing-there.ts'
import { ProblemError } from '../http/problem.ts'
import type { DraftState } from '../ledger/draft-state.ts'
import type { Ledger } from '../ledger/ledger.ts'

export interface LookUpRooms {
  ledger: Pick<Ledger, 'head' | 'observeReading'>
  now(): number
}

/** Asks the cloud for drafts that the ledger does not know: once a minute for each id, and so many a minute in all. */
export interface LookUp {
  /**
   * @returns the draft, which the ledger knows from now on
   * @throws ProblemError `not-found`: the cloud knows none, or was asked already; `cloud-unavailable`: it could not be asked
   */
  find(workspace: Pick<Workspace, 'client' | 'callTimeoutMs'>, ref: DraftRef): Promise<DraftState>
}

const minuteMs = 60_000
const mostPerMinute = 30
const longestId = 200

export function createLookUp({ ledger, now }: LookUpRooms): LookUp {
  /** What was asked in the last minute, oldest first, with what came of it. */
  const asked = new Map<string, { at: number; found: Promise<DraftState> }>()

  function forget(before: number): void {
    for (const [key, { at }] of asked) {
      if (at > before) return
      asked.delete(key)
    }
  }

  async function ask(workspace: Pick<Workspace, 'client' | 'callTimeoutMs'>, ref: DraftRef): Promise<DraftState> {
    const head = await ledger.head()
    const sentAt = now()
    const options = { purpose: 'lookup', signal: AbortSignal.timeout(workspace.callTimeoutMs) } as const
    const draft = await workspace.client.drafts
      .readDraft(ref.namespace, ref.draftId, options)
      .catch((fault: unknown) => Promise.reject(asProblem(fault)))
    return ledger.observeReading(ref, { draft, head, sentAt, arrivedAt: now() })
  }

  return {
    find(workspace, ref) {
      if (ref.draftId.length > longestId) return Promise.reject(nothingThere())
      const at = now()
      forget(at - minuteMs)
      const key = JSON.stringify([ref.workspace, ref.namespace, ref.draftId])
      const known = asked.get(key)
      if (known) return known.found
      if (asked.size >= mostPerMinute) return Promise.reject(nothingThere())
      const found = ask(workspace, ref)
      asked.set(key, { at, found })
      return found
    },
  }
}

/** A refusal says that there is no such draft; that nothing could be asked says nothing about it. */
function asProblem(fault: unknown): unknown {
  if (fault instanceof DraftNotFound || fault instanceof Unsendable) return nothingThere()
  const isRefusal = fault instanceof EnvelopeFailure || fault instanceof GatewayFailure
  if (isRefusal && (fault.status ?? 500) < 500 && !isCredentialFault(fault)) return nothingThere()
  if (fault instanceof UpstreamError) return fault
  return new ProblemError('cloud-unavailable', {
    detail: 'Lockdesk does not know this draft, and the cloud did not answer in time. Try again in a minute.',
  })
}

/** The gateway refused the one who asks, not what was asked for. */
const isCredentialFault = ({ errorCode = '' }: UpstreamError) =>
  /AccessKey|Signature|SecurityToken|TimeStamp/.test(errorCode)

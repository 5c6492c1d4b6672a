import type { NamespaceRef } from '@lockdesk/contract'
import { type MemberReader, UpstreamError } from '@lockdesk/flink-client'
import type { Duty } from '../database/store.ts'
import { type Ledger, LedgerUnavailable } from '../ledger/ledger.ts'

export interface MemberWatch {
  namespace: NamespaceRef
  /** Only looks. */
  reader: MemberReader
  ledger: Pick<Ledger, 'membersReadAt' | 'observeMembers'>
  /** The right to sweep the namespace; what is found is written by it. */
  duty?: Duty
  targetMs: number
  perMinute(): number
  /** Namespaces that share the budget. */
  namespacesTogether(): number
  now(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
  signal: AbortSignal
  /** Called with the first failure of the cloud after a reading that had none, for the log. */
  onFailure?(error: UpstreamError): void
}

/** People join and leave seldom: once in so many sweeps is enough. */
const inSweeps = 20
/** Of the budget. */
const share = 10
/** After the board has been read for the first time. */
const firstAfterSweeps = 2

/** Ms from one reading of a namespace's members to the next. */
export function memberPace(facts: { targetMs: number; namespaces: number; perMinute: number }): number {
  return Math.max(inSweeps * facts.targetMs, (facts.namespaces * 60_000 * share) / facts.perMinute)
}

/**
 * Reads who belongs to one namespace, now and then, until the signal ends it. What cannot be read is tried again at the next turn, marks nobody, and is
 * no business of the sweeps.
 * @throws the signal's reason
 */
export async function keepReadingMembers(watch: MemberWatch): Promise<void> {
  const { namespace, ledger, now, sleep, signal } = watch
  let hasFailed = false

  async function read(): Promise<void> {
    const startedAt = now()
    const members = await watch.reader.listMembers(namespace.namespace, { purpose: 'sweep', signal })
    await ledger.observeMembers({ namespace, startedAt, members }, watch.duty)
  }

  await sleep(firstAfterSweeps * watch.targetMs, signal)
  let lastAt = await ledger.membersReadAt(namespace)
  for (;;) {
    const paceMs = memberPace({
      targetMs: watch.targetMs,
      namespaces: watch.namespacesTogether(),
      perMinute: watch.perMinute(),
    })
    const leftMs = lastAt === null ? 0 : lastAt + paceMs - now()
    if (leftMs > 0) {
      await sleep(leftMs, signal)
      continue
    }
    lastAt = now()
    try {
      await read()
      hasFailed = false
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof UpstreamError && !hasFailed) watch.onFailure?.(error)
      if (!(error instanceof UpstreamError || error instanceof LedgerUnavailable)) throw error
      hasFailed = true
    }
  }
}

import type { NamespaceRef } from '@lockdesk/contract'
import type { FlinkClient, UpstreamError } from '@lockdesk/flink-client'
import type { CallBudget } from '../cloud/call-budget.ts'
import type { Duty } from '../database/store.ts'
import { type Ledger, LedgerUnavailable } from '../ledger/ledger.ts'
import { createDirectRounds, looksOfARound } from './direct-round.ts'
import { type FolderNames, openFolderBook } from './folder-names.ts'
import { createCloserLook } from './look-closer.ts'
import { backOff, planPace } from './pace.ts'
import type { ListsTogether } from './silence.ts'
import { sweepNamespace } from './sweep-namespace.ts'

/** What one namespace is watched with. Nothing in it could take a lock. */
export interface Watch {
  namespace: NamespaceRef
  /** Only looks. */
  client: Pick<FlinkClient, 'drafts' | 'folders'>
  budget: CallBudget
  ledger: Pick<Ledger, 'head' | 'observeSweep' | 'observeReading' | 'looseEnds' | 'heldDrafts'>
  targetMs: number
  folders: FolderNames
  /** Shared by all namespaces of the workspace. */
  together: ListsTogether
  /** Its lists were known not to tell of locks when it was watched last. */
  wasMute: boolean
  /** Somebody has the draft open on a page. */
  isOpen(draftId: string): boolean
  /** Calls that one sweep of everything behind the same credential takes, given what this namespace's last one took. */
  pagesTogether(own: number): number
  isAnybodyLooking(): boolean
  /** When the cloud last gave a usable list to anybody behind the same credential. */
  lastAnsweredAt(): number
  now(): number
  random(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
  signal: AbortSignal
  /** The right to sweep the namespace; what is found is written by it. Absent: nobody else could. */
  duty?: Duty
  /** Called with the first failure of the cloud after a sweep that had none, for the log. */
  onFailure?(error: UpstreamError): void
  /** Called after each sweep, for metrics. */
  onSweep?(sweep: { isComplete: boolean; pages: number; ms: number; error?: string }): void
}

const longestBackOffMs = 60_000
/** While somebody looks, no longer than so many paces: they wait for the cloud to come back. */
const longestSeenBackOff = 3
/** How soon somebody who begins to look is noticed. */
const noticeMs = 500

/** Sweeps one namespace again and again, until the signal ends it. A failure of the cloud, or of the store, only makes it wait. */
export async function watchNamespace(watch: Watch): Promise<void> {
  const { namespace, client, budget, ledger, now, signal } = watch
  const folders = openFolderBook({
    reader: client.folders,
    namespace: namespace.namespace,
    known: watch.folders,
    perMinute: () => budget.state().perMinute,
    now,
    sleep: watch.sleep,
    signal,
  })
  const looking = { namespace, reader: client.drafts, ledger, now, signal }
  const closer = createCloserLook(looking, watch.together, watch.wasMute)
  const rounds = createDirectRounds({ ...looking, isOpen: watch.isOpen })
  let pages = 1
  let looks = 0
  let failures = 0
  const calls = () => pages + looks + rounds.looks
  const pace = () => {
    const { perMinute } = budget.state()
    const isLooked = watch.isAnybodyLooking()
    return planPace({ targetMs: watch.targetMs, pages: watch.pagesTogether(calls()), perMinute, isLooked })
  }

  while (!signal.aborted) {
    const judged = await closer.judge(await sweepNamespace(client.drafts, ledger, namespace, watch))
    const { pages: taken, failure, seen: _, ...seen } = judged.sweep
    looks = judged.looks
    pages = seen.isComplete ? taken : Math.max(pages, taken)
    failures = failure ? failures + 1 : 0
    if (failure && failures === 1) watch.onFailure?.(failure)
    folders.want(seen.readings.flatMap(({ draft }) => draft.parentId ?? []))
    const news = folders.news()
    const plannedMs = pace()
    const storeFault = await ledger
      .observeSweep({ ...seen, paceMs: plannedMs, ...(news && { folders: news }) }, watch.duty)
      .then(() => (judged.found === null ? null : ledger.observeReading(namespace, judged.found)))
      .then(() => null, onlyStoreFaults)
    const error = storeFault?.message ?? seen.error?.title
    watch.onSweep?.({
      isComplete: seen.isComplete && !seen.isMute && storeFault === null,
      pages: taken,
      ms: seen.finishedAt - seen.startedAt,
      ...(error !== undefined && { error }),
    })
    if (!closer.isMute) rounds.rest()
    else if (!failure && storeFault === null) {
      const most = looksOfARound(budget.state().perMinute, plannedMs, calls() / watch.pagesTogether(calls()))
      await rounds.read(
        seen.readings.map(({ draft }) => draft),
        most,
        seen.startedAt + plannedMs,
      )
    }
    const mostMs = watch.isAnybodyLooking()
      ? Math.min(longestBackOffMs, longestSeenBackOff * watch.targetMs)
      : longestBackOffMs
    const failedAt = now()
    const pauseMs = failures === 0 ? 0 : backOff(failures, mostMs, watch.random())
    // Where others are answered again, the outage is over for everybody.
    const notBefore = () => (watch.lastAnsweredAt() > failedAt ? 0 : failedAt + pauseMs)
    // In short steps: the pace quickens as soon as somebody looks. It never grows past what was planned, or the pause would be a gap.
    for (let left = 1; left > 0 && !signal.aborted;) {
      left = Math.max(seen.startedAt + Math.min(plannedMs, pace()), notBefore()) - now()
      if (left > 0) await watch.sleep(Math.min(left, noticeMs), signal)
    }
  }
}

function onlyStoreFaults(error: unknown): LedgerUnavailable {
  if (error instanceof LedgerUnavailable) return error
  throw error
}

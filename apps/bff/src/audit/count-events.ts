import type { CountedBy, Counts } from '@lockdesk/contract'
import { type EntryCounts, draftOfKey } from '../ledger/count-entries.ts'
import type { HistoryQuery } from '../ledger/history-query.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { instant, presentInterval } from '../ledger/present-holder.ts'
import { type Auditor, answerOf, askLedger } from './ask-ledger.ts'
import type { Question } from './question.ts'

const most = 1_000
/** A gap is looked for among those that ended so long after the period at most. */
const longestGapMs = 7 * 86_400_000

/** How many events there are by one of their words, and when nobody watched. */
export async function countEvents(
  { ledger, now }: { ledger: Ledger; now(): number },
  auditor: Auditor,
  { filter, blame }: Question,
  by: CountedBy,
): Promise<Counts> {
  const query = await askLedger(ledger, auditor, filter, { asOf: now(), blame })
  const [counted, gaps] = await Promise.all([answerOf(ledger.counts(query, by), blame), gapsIn(ledger, query)])
  return { counts: await presentCounts(ledger, counted, by), gaps }
}

async function presentCounts(ledger: Ledger, counted: EntryCounts, by: CountedBy): Promise<Counts['counts']> {
  if (by === 'hour') {
    const hours = [...counted].toSorted(([a], [b]) => Number(a) - Number(b))
    return hours.slice(-most).map(([start, n]) => ({ key: instant(Number(start)), n }))
  }
  const greatest = [...counted].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, most)
  if (by === 'actor') {
    const names = await ledger.names(greatest.map(([id]) => id))
    return greatest.map(([key, n]) => ({ key, n, name: names.get(key) ?? key }))
  }
  if (by !== 'draft') return greatest.map(([key, n]) => ({ key, n }))
  const drafts = greatest.map(([key, n]) => ({ ref: draftOfKey(key), n }))
  const names = await ledger.draftNames(drafts.map(({ ref }) => ref))
  return drafts.map(({ ref, n }) => {
    const name = names.get(JSON.stringify([ref.workspace, ref.namespace, ref.draftId]))
    return { key: ref.draftId, n, ref, ...(name !== undefined && { name }) }
  })
}

/** Gaps of the namespaces asked about: everybody who sees a namespace sees its gaps. */
async function gapsIn(ledger: Ledger, { parts, filter }: HistoryQuery): Promise<Counts['gaps']> {
  const { since, until } = filter
  const { entries } = await ledger.find(
    {
      parts: parts.map(({ scope }) => ({ scope })),
      filter: {
        kinds: ['gap'],
        ...(since !== undefined && { since }),
        ...(until !== undefined && { until: until + longestGapMs }),
      },
    },
    { limit: most },
  )
  return entries
    .filter(({ at_after }) => until === undefined || (at_after ?? 0) < until)
    .toReversed()
    .map(entry => ({
      workspace: entry.workspace,
      namespace: entry.namespace,
      at: presentInterval({ after: entry.at_after, by: entry.at_by }),
    }))
}

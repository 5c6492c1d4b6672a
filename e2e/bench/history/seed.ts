import type { Ledger } from './open-history.ts'

/** A year of a busy house: every draft is held, handed on and freed, over and over. */
export const drafts = 10_000
export const holders = 200
export const workspace = 'a14bd5d90a1234'
export const namespaces = Array.from({ length: 10 }, (_, index) => `dept-${index}-dev`)
const yearMs = 365 * 86_400_000

export const draftIdOf = (index: number) => `draft-${index}`
export const namespaceOf = (index: number) => namespaces[index % namespaces.length] ?? ''
export const holderIdOf = (index: number) => `holder-${index % holders}`

/** When the first entry was written, and how many ms lie between two. */
export function timesOf(entries: number, now: number) {
  return { first: now - yearMs, step: Math.floor(yearMs / entries) }
}

/** The drafts themselves, by the way that drafts come in: a complete sweep in which all are free. */
export async function seedDrafts(ledger: Ledger, now: number): Promise<void> {
  for (const namespace of namespaces) {
    const own = Array.from({ length: drafts }, (_, index) => index).filter(index => namespaceOf(index) === namespace)
    await ledger.observeSweep({
      namespace: { workspace, namespace },
      head: 0,
      startedAt: now,
      finishedAt: now,
      isComplete: true,
      paceMs: 15_000,
      readings: own.map(index => ({
        draft: {
          draftId: draftIdOf(index),
          name: `dwd_trade_detail_${index}`,
          parentId: null,
          kind: 'SQLSCRIPT',
          engineVersion: null,
          labels: {},
          modifiedAt: null,
          modifierName: null,
          lock: null,
        },
        head: 0,
        sentAt: now,
        arrivedAt: now,
      })),
    })
  }
}

/**
 * One statement that writes entries `from + 1` to `to`, in the words of both stores. They are not chained: nobody verifies them here.
 * @param numbers a source of rows `i`, in the store's own words
 */
export function entriesStatement(numbers: string, first: number, step: number): string {
  const draft = `((i - 1) % ${drafts})`
  const turn = `((i - 1) / ${drafts})`
  const holder = (at: string) => `'holder-' || ((${draft} * 7 + ${at}) % ${holders})`
  const isHeld = `${turn} % 3 = 0`
  const isFreed = `${turn} % 3 = 2`
  return `
    insert into entries (number, id, kind, how, known, workspace, namespace, draft_id, draft_name, from_id, from_name, to_id, to_name,
      at_after, at_by, recorded_at, prev, hash)
    select i, 'entry-' || i, case when ${isHeld} then 'held' when ${isFreed} then 'freed' else 'changed' end, 'observed', 'bounded',
      '${workspace}', 'dept-' || (${draft} % ${namespaces.length}) || '-dev', 'draft-' || ${draft}, 'dwd_trade_detail_' || ${draft},
      case when ${isHeld} then null else ${holder(`${turn} - 1`)} end, case when ${isHeld} then null else 'Lin ' || ${holder(`${turn} - 1`)} end,
      case when ${isFreed} then null else ${holder(turn)} end, case when ${isFreed} then null else 'Lin ' || ${holder(turn)} end,
      ${first} + i * ${step} - 15000, ${first} + i * ${step}, ${first} + i * ${step} + 10,
      '${'0'.repeat(64)}', '${'1'.repeat(64)}'
    from ${numbers}`
}

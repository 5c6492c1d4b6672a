import type { Insertable } from 'kysely'
import type { EntryTallyTable } from '../database/audit-tables.ts'
import type { Tx } from '../database/schema.ts'
import { readMarks, storeMarks } from './derived-marks.ts'
import { isTransition } from './fold-holds.ts'
import type { Entry } from './ledger.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
const mostAtOnce = 2_000

type Tally = Insertable<EntryTallyTable>

/**
 * Counts entries that are not counted yet, some thousand at a time: to be called in transactions of its own, until it says that nothing is left.
 * @returns whether every entry is counted
 */
export async function tallyEntries(tx: Tx): Promise<boolean> {
  const { tallies: mark } = await readMarks(tx)
  const entries = await tx
    .selectFrom('entries')
    .selectAll()
    .where('number', '>', mark)
    .orderBy('number')
    .limit(mostAtOnce)
    .execute()
  const last = entries.at(-1)
  if (!last) return true
  const rows = talliesOf(entries)
  const most = 500 // a statement takes about 32,000 values
  for (let from = 0; from < rows.length; from += most)
    await tx
      .insertInto('entry_tallies')
      .values(rows.slice(from, from + most))
      .onConflict(conflict =>
        conflict
          .columns(['span', 'start', 'workspace', 'namespace', 'kind', 'known', 'how', 'is_taken', 'actor_id'])
          .doUpdateSet(eb => ({ n: eb('entry_tallies.n', '+', eb.ref('excluded.n')) })),
      )
      .execute()
  await storeMarks(tx, { tallies: last.number })
  return entries.length < mostAtOnce
}

/** Pure: how many entries there are of each sort, by hour and by day. */
export function talliesOf(entries: readonly Entry[]): Tally[] {
  const tallies = new Map<string, Tally>()
  for (const entry of entries)
    for (const span of [hourMs, dayMs]) {
      const sort = {
        span,
        start: Math.floor(entry.at_by / span) * span,
        workspace: entry.workspace,
        namespace: entry.namespace,
        kind: entry.kind,
        known: entry.known ?? ('' as const),
        how: entry.how,
        is_taken: isTaken(entry) ? 1 : 0,
        actor_id: entry.actor_id ?? '',
      }
      const key = JSON.stringify(Object.values(sort))
      const tally = tallies.get(key)
      if (tally) tally.n += 1
      else tallies.set(key, { ...sort, n: 1 })
    }
  return [...tallies.values()]
}

/** The query word `kind:taken`: taken through Lockdesk. */
const isTaken = (entry: Entry) => isTransition(entry) && entry.how === 'lockdesk' && entry.outcome === 'taken'

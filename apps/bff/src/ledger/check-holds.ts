import type { Database } from '../database/schema.ts'
import { readMarks } from './derived-marks.ts'
import { type HoldRow, draftKey, foldHolds, isTransition } from './fold-holds.ts'
import { moment } from './hold-snapshots.ts'
import type { Entry } from './ledger.ts'

/**
 * What does not hold of that which is derived from the entries: the holds are those that the entries make, and each snapshot has those that
 * lasted at its moment.
 * @param entries oldest first; all, or all that are kept: of a draft's first transition among those nobody can tell what came before
 */
export async function checkHolds(database: Database, entries: readonly Entry[]): Promise<string[]> {
  const { holds: through } = await readMarks(database)
  const violations: string[] = []
  const missed = entries.filter(entry => entry.number > through && isTransition(entry)).length
  if (missed > 0) violations.push(`${missed} transitions are not among the holds`)

  const firsts = firstTransitions(entries)
  const isWhole = (entries[0]?.number ?? 1) === 1
  const told = new Map(
    foldHolds(entries.filter(({ number }) => number <= through))
      .filter(({ opened }) => isWhole || !firsts.has(opened))
      .map(hold => [hold.opened, hold]),
  )
  const kept = (await database.selectFrom('holds').selectAll().orderBy('opened').execute()) as HoldRow[]
  const stored = new Map(
    kept
      .filter(({ opened }) => isWhole || (opened >= (entries[0]?.number ?? 0) && !firsts.has(opened)))
      .map(hold => [hold.opened, hold]),
  )
  for (const [opened, hold] of told)
    if (spelled(stored.get(opened)) !== spelled(hold))
      violations.push(`the hold of ${hold.draft_name} that entry ${opened} began is not as its entries tell`)
  for (const [opened, hold] of stored)
    if (!told.has(opened)) violations.push(`the hold of ${hold.draft_name} from ${opened} on is one of no entry`)
  return [...violations, ...(await checkSnapshots(database, kept))]
}

async function checkSnapshots(database: Database, holds: readonly HoldRow[]): Promise<string[]> {
  const rows = await database.selectFrom('held_snapshots').selectAll().orderBy('at').orderBy('opened').execute()
  const byMoment = new Map<number, number[]>()
  for (const { at, opened } of rows) byMoment.set(at, [...(byMoment.get(at) ?? []), opened])
  return [...byMoment].flatMap(([at, opened]) => {
    const lasting = holds.filter(hold => hold.from_by <= at && (hold.until_by === null || hold.until_by > at))
    const wanted = [moment, ...lasting.map(hold => hold.opened)]
    return JSON.stringify(wanted) === JSON.stringify(opened)
      ? []
      : [`the snapshot of ${at} has other holds than lasted then`]
  })
}

/** Numbers of each draft's first transition. */
function firstTransitions(entries: readonly Entry[]): Set<number> {
  const firsts = new Map<string, number>()
  for (const entry of entries)
    if (isTransition(entry) && !firsts.has(draftKey(entry))) firsts.set(draftKey(entry), entry.number)
  return new Set(firsts.values())
}

const spelled = (hold: HoldRow | undefined) =>
  hold && JSON.stringify(Object.entries(hold).toSorted(([a], [b]) => (a < b ? -1 : 1)))

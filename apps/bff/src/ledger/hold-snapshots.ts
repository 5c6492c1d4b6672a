import { sql } from 'kysely'
import type { Tx } from '../database/schema.ts'
import type { DerivedMarks } from './derived-marks.ts'
import type { HoldRow } from './fold-holds.ts'
import type { Entry } from './ledger.ts'

const dayMs = 86_400_000
/** So many entries lie between two snapshots at most, however busy a day is. */
const mostBetween = 20_000

/** What stands in the place of a hold in the row that says: a snapshot was taken at this moment. */
export const moment = 0

/** Whether a snapshot is to be taken before this entry is applied: a new day (UTC) begins with it, or much happened since the last one. */
export function isSnapshotDue(marks: DerivedMarks, entry: Pick<Entry, 'number' | 'recorded_at'>): boolean {
  const day = (ms: number) => Math.floor(ms / dayMs)
  return day(entry.recorded_at) > day(marks['snapshot-at']) || entry.number - marks['snapshot-number'] > mostBetween
}

/**
 * Notes which holds last, before `entry` is applied: everything before it has been. The moment is not earlier than any time told so far, so
 * that no hold that has ended lasted until then.
 * @returns the marks as they are then
 */
export async function takeSnapshot(tx: Tx, marks: DerivedMarks, entry: Entry): Promise<DerivedMarks> {
  const at = Math.max(entry.recorded_at, marks['holds-edge'], marks['snapshot-at'] + 1)
  await tx.insertInto('held_snapshots').values({ at, opened: moment }).execute()
  await tx
    .insertInto('held_snapshots')
    .columns(['at', 'opened'])
    .expression(eb =>
      eb
        .selectFrom('holds')
        .select([sql<number>`${sql.lit(at)}`.as('at'), 'opened'])
        .where('until_by', 'is', null),
    )
    .execute()
  return { ...marks, 'snapshot-at': at, 'snapshot-number': entry.number }
}

/** A hold that is told of late lasted already when snapshots were taken: it is put into them. */
export async function putIntoSnapshots(tx: Tx, { opened, from_by, until_by }: HoldRow): Promise<void> {
  let moments = tx.selectFrom('held_snapshots').select('at').where('opened', '=', moment).where('at', '>=', from_by)
  if (until_by !== null) moments = moments.where('at', '<', until_by)
  const rows = (await moments.execute()).map(({ at }) => ({ at, opened }))
  if (rows.length > 0) await tx.insertInto('held_snapshots').values(rows).execute()
}

/** A hold whose end is told of late had ended already when snapshots were taken: it is taken out of them. */
export async function takeOutOfSnapshots(tx: Tx, { opened, until_by }: HoldRow): Promise<void> {
  await tx.deleteFrom('held_snapshots').where('opened', '=', opened).where('at', '>=', until_by).execute()
}

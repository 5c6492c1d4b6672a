import type { Tx } from '../database/schema.ts'

/**
 * Lets go of what was derived from entries that go: holds that ended with one of them, and moments of which nothing is left to tell. What lasts
 * now stays, however long ago it began.
 * @param floor number of the newest entry that goes
 */
export async function forgetDerived(tx: Tx, floor: number): Promise<void> {
  await tx.deleteFrom('holds').where('closed', '<=', floor).execute()
  const kept = await tx
    .selectFrom('entries')
    .select('at_by')
    .where('number', '>', floor)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  if (kept) await tx.deleteFrom('held_snapshots').where('at', '<', kept.at_by).execute()
}

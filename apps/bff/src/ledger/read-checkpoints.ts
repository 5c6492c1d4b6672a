import type { Database } from '../database/schema.ts'
import type { Checkpoint, LedgerFloor } from './checkpoint.ts'

/** All of them, oldest first: one for a thousand entries, or for an hour with news. */
export async function readCheckpoints(database: Database): Promise<Checkpoint[]> {
  return database.selectFrom('checkpoints').selectAll().orderBy('number').execute()
}

/** The public keys that ever signed here, by their ids. */
export async function readSigningKeys(database: Database): Promise<Map<string, string>> {
  const rows = await database.selectFrom('signing_keys').select(['key_id', 'public_key']).execute()
  return new Map(rows.map(row => [row.key_id, row.public_key]))
}

/** How far entries were let go of; null where all are there. */
export async function readFloor(database: Database): Promise<LedgerFloor | null> {
  const newest = await database
    .selectFrom('ledger_floors')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest ?? null
}

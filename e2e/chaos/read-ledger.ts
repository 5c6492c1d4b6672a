import { checkLedger } from '@lockdesk/bff/check-ledger'
import { openDatabase } from '@lockdesk/bff/database'
import type { Line } from './judge/history.ts'

/** The whole ledger of a store, and what its own check finds. A SQLite file must have no owner. */
export async function readLedger(url: string): Promise<{ lines: Line[]; complaints: string[] }> {
  const { database, close } = await openDatabase(url)
  const lines = await database.selectFrom('entries').selectAll().orderBy('number').execute()
  const complaints = await checkLedger(database)
  await close()
  return { lines, complaints }
}

import { randomUUID } from 'node:crypto'
import { Kysely } from 'kysely'
import { createClock } from '../clock.ts'
import { DatabaseFault } from './database-fault.ts'
import { isPostgres } from './is-postgres.ts'
import { createLocalStore } from './local-store.ts'
import { migrate } from './migrate.ts'
import { newestTime } from './newest-time.ts'
import { openPostgres } from './open-postgres.ts'
import { openSqlite } from './open-sqlite.ts'
import type { Database, Schema } from './schema.ts'
import type { Store } from './store.ts'
import { sqliteWords } from './store-words.ts'

export interface OpenedDatabase {
  database: Database
  /** What those who write the ledger need beside it. */
  openStore(): Promise<Store>
  /**
   * Copies a store that is a file into a new one, as it is at one moment, while everybody goes on reading and writing.
   * @throws BackupFault there is such a file already, or it cannot be written
   */
  backupTo?(path: string): Promise<void>
  /** Writes back what is left and lets go of the file. */
  close(): Promise<void>
}

/**
 * Opens the store that `LOCKDESK_DATABASE_URL` names and brings it to the present schema.
 * @param url `sqlite:PATH` (`sqlite::memory:` in tests), or `postgres://…`
 * @param wall the machine's clock; PostgreSQL has its own
 * @throws DatabaseInUse another process owns the file
 * @throws DatabaseFault it cannot be used; the message names the setting
 */
export async function openDatabase(url: string, wall: () => number = Date.now): Promise<OpenedDatabase> {
  if (isPostgres(url)) return openPostgres(url)
  const path = /^sqlite:(.+)$/s.exec(url)?.[1]
  if (path === undefined)
    throw new DatabaseFault('it must be sqlite:PATH or postgres://…, for example sqlite:data/live/lockdesk.sqlite.')
  const { dialect, close, backupTo } = await openSqlite(path)
  const database = new Kysely<Schema>({ dialect })
  try {
    await migrate(database, sqliteWords, { id: randomUUID(), createdAt: wall() })
  } catch (error) {
    await close()
    throw error
  }
  return {
    database,
    openStore: async () => createLocalStore(database, createClock(wall, await newestTime(database))),
    ...(backupTo && { backupTo }),
    async close() {
      await database.destroy()
      await close()
    },
  }
}

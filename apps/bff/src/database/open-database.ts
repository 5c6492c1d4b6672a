import { randomUUID } from 'node:crypto'
import { Kysely } from 'kysely'
import { DatabaseFault } from './database-fault.ts'
import { migrate } from './migrate.ts'
import { openSqlite } from './open-sqlite.ts'
import type { Database, Schema } from './schema.ts'
import { nodeSqliteDialect } from './sqlite-dialect.ts'
import { sqliteWords } from './store-words.ts'

export interface OpenedDatabase {
  database: Database
  /** Writes back what is left and lets go of the file. */
  close(): Promise<void>
}

/**
 * Opens the store that `LOCKDESK_DATABASE_URL` names and brings it to the present schema.
 * @param url `sqlite:PATH`, or `sqlite::memory:` in tests
 * @throws DatabaseInUse another process owns the file
 * @throws DatabaseFault it cannot be used; the message names the setting
 */
export async function openDatabase(url: string, now: () => number = Date.now): Promise<OpenedDatabase> {
  const path = /^sqlite:(.+)$/s.exec(url)?.[1]
  if (path === undefined)
    throw new DatabaseFault('it must be sqlite:PATH, for example sqlite:data/live/lockdesk.sqlite.')
  const raw = openSqlite(path)
  const database = new Kysely<Schema>({ dialect: nodeSqliteDialect(raw) })
  try {
    await migrate(database, sqliteWords, { id: randomUUID(), createdAt: now() })
  } catch (error) {
    raw.close()
    throw error
  }
  return { database, close: () => database.destroy() }
}

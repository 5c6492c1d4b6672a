import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { isPostgres } from './is-postgres.ts'
import { connectionOptions } from './postgres-connection.ts'
import type { Database, Schema } from './schema.ts'
import { nodeSqliteDialect } from './sqlite-dialect.ts'

/**
 * Opens a store to look into it as it is: none is made where there is none, and none is brought to the present schema. What a killed
 * process has left beside the file is written back into it, as at every opening. To be closed at once: nobody else gets in meanwhile.
 * @param url `sqlite:PATH` or `postgres://…`
 * @returns null where there is no file
 * @throws Error whatever stands in the way, a process that owns the file among it
 */
export async function openExisting(url: string): Promise<{ database: Database; close(): Promise<void> } | null> {
  if (isPostgres(url)) {
    const pool = new pg.Pool({ ...connectionOptions(url), max: 1 })
    const database = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
    return { database, close: () => database.destroy() }
  }
  const path = /^sqlite:(.+)$/s.exec(url)?.[1]
  if (path === undefined) throw new Error('no store is named')
  if (path === ':memory:' || !statSync(resolve(path), { throwIfNoEntry: false })) return null
  const place = pathToFileURL(resolve(path))
  // Opened for reading alone, SQLite would leave files of its own beside this one.
  place.searchParams.set('mode', 'rw')
  const raw = new DatabaseSync(place, { timeout: 0 })
  try {
    raw.exec('PRAGMA locking_mode = EXCLUSIVE')
  } catch (error) {
    raw.close()
    throw error
  }
  const database = new Kysely<Schema>({ dialect: nodeSqliteDialect(raw) })
  return { database, close: () => database.destroy() }
}

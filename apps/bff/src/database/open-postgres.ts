import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { DatabaseFault } from './database-fault.ts'
import { migrate } from './migrate.ts'
import { newestTime } from './newest-time.ts'
import { connectionOptions, letGoSoon } from './postgres-connection.ts'
import { openPostgresStore } from './postgres-store.ts'
import { refusePooler } from './postgres-pooler.ts'
import { postgresWords } from './postgres-words.ts'
import type { Schema } from './schema.ts'
import type { OpenedDatabase } from './open-database.ts'

const mostConnections = 10

/**
 * Opens a PostgreSQL that replicas of Lockdesk share.
 * @throws DatabaseFault it cannot be reached or used, or a pooler that lends connections by the transaction stands before it
 */
export async function openPostgres(url: string): Promise<OpenedDatabase> {
  const named = (error: unknown) =>
    error instanceof DatabaseFault ? error : new DatabaseFault(unreachable(url, error), { cause: error })
  await refusePooler(url).catch((error: unknown) => Promise.reject(named(error)))
  const pool = new pg.Pool({ ...connectionOptions(url), max: mostConnections })
  // An idle connection that breaks is replaced; whoever uses one is told by the query.
  pool.on('error', () => {})
  pool.on('connect', client => void letGoSoon(client).catch(() => {}))
  const database = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const ends: (() => Promise<void>)[] = []
  try {
    await migrate(database, postgresWords, { id: randomUUID(), createdAt: Date.now() })
  } catch (error) {
    await database.destroy()
    throw named(error)
  }
  return {
    database,
    async openStore() {
      const store = await openPostgresStore(url, database, await newestTime(database))
      ends.push(store.close)
      return store
    },
    async close() {
      for (const end of ends) await end()
      await database.destroy()
    },
  }
}

/** What is told never has the password in it. */
function unreachable(url: string, error: unknown): string {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  const where = URL.canParse(url) ? new URL(url).host : 'the server'
  const why = reasons[code] ?? (message === '' ? code : message)
  return `the PostgreSQL at ${where} cannot be used: ${why}. The setting looks like postgres://lockdesk:PASSWORD@db.example.com:5432/lockdesk.`
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host is known',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'the password is wrong',
  '28000': 'the user may not sign in',
  '3D000': 'there is no such database',
  '42501': 'the user has no right to make tables there',
}

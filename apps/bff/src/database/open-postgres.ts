import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { DatabaseFault } from './database-fault.ts'
import { migrate } from './migrate.ts'
import { newestTime } from './newest-time.ts'
import type { OpenedDatabase } from './open-database.ts'
import { endSoon, letGoSoon, patientOptions } from './postgres-connection.ts'
import { openPool } from './postgres-pool.ts'
import { refusePooler } from './postgres-pooler.ts'
import { isPostgresReason, postgresReason } from './postgres-reasons.ts'
import { openPostgresStore } from './postgres-store.ts'
import { postgresWords } from './postgres-words.ts'
import { poolOfOne } from './one-connection.ts'
import type { Schema } from './schema.ts'

/** What ends a session that says nothing came with it, and no release before it is looked after any more. */
const oldest = 14

/**
 * Opens a PostgreSQL that replicas of Lockdesk share.
 * @throws DatabaseFault it cannot be reached or used, or a pooler that lends connections by the transaction stands before it
 */
export async function openPostgres(url: string): Promise<OpenedDatabase> {
  try {
    await refusePooler(url)
    await bringUpToDate(url)
  } catch (error) {
    throw named(url, error)
  }
  const database = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: openPool(url) }) })
  const ends: (() => Promise<void>)[] = []
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

/** By a connection of its own: an index of a long ledger takes minutes, and whatever else is asked has seconds. */
async function bringUpToDate(url: string): Promise<void> {
  const client = new pg.Client(patientOptions(url))
  client.on('error', () => {})
  await client.connect()
  try {
    await refuseOld(client)
    await letGoSoon(client)
    await client.query('set statement_timeout = 0')
    const database = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: poolOfOne(client) }) })
    await migrate(database, postgresWords, { id: randomUUID(), createdAt: Date.now() })
  } finally {
    await endSoon(client)
  }
}

async function refuseOld(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  const [{ server_version: version } = { server_version: '' }] = rows
  if (Number.parseInt(version) < oldest)
    throw new DatabaseFault(`this is PostgreSQL ${version}. Lockdesk needs ${oldest} or newer.`)
}

/** What is told never has the password in it. */
function named(url: string, error: unknown): DatabaseFault {
  const cause = error instanceof DatabaseFault ? error.cause : error
  if (error instanceof DatabaseFault && !isPostgresReason(cause)) return error
  return new DatabaseFault(
    `the PostgreSQL at ${hostOf(url)} cannot be used: ${postgresReason(cause)}. The setting looks like postgres://lockdesk:PASSWORD@db.example.com:5432/lockdesk.`,
    { cause },
  )
}

/** Not where a sign in the password that should have been written as %… may have cut it in two. */
function hostOf(url: string): string {
  const { host, pathname, search, hash } = new URL(url)
  return /[@:]/.test(pathname + search + hash) || host === '' ? 'that address' : host
}

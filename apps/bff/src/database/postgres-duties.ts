import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { poolOfOne } from './one-connection.ts'
import { connectionOptions, letGoSoon, patienceMs } from './postgres-connection.ts'
import type { Database, Schema } from './schema.ts'
import type { Duty } from './store.ts'

/** The advisory locks of Lockdesk, by name. */
export const lockNames = {
  duty: (name: string) => `lockdesk duty ${name}`,
  /** Held as long as the process lives. */
  process: (id: string) => `lockdesk process ${id}`,
}

export interface PostgresDuties {
  /** Shows the others that this process lives, from its first write on. */
  show(): Promise<void>
  tryDuty(name: string): Promise<Duty | null>
  close(): Promise<void>
}

interface Session {
  client: pg.Client
  /** The same connection: whatever is asked of it waits for its turn. */
  database: Database
  lost: AbortController
}

const beatMs = 2_000

/**
 * The duties of this process: session locks on one connection of its own, the same that is given out to write by them. When that connection dies,
 * the rights and the ability to use them die together; the next duty opens another one.
 */
export function createPostgresDuties(url: string, processId: string): PostgresDuties {
  let opening: Promise<Session> | null = null
  let isClosed = false

  async function open(): Promise<Session> {
    const client = new pg.Client({ ...connectionOptions(url), query_timeout: patienceMs })
    const lost = new AbortController()
    let beat: NodeJS.Timeout | undefined
    const end = () => {
      if (lost.signal.aborted) return
      opening = null
      clearInterval(beat)
      lost.abort(new Error('the connection that held the duties is lost'))
      client.connection.stream.destroy()
    }
    client.on('error', end).on('end', end)
    await client.connect()
    await letGoSoon(client)
    // Half-open it would be noticed only by the next sweep.
    const database = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: poolOfOne(client) }) })
    beat = setInterval(() => void sql`select 1`.execute(database).catch(end), beatMs)
    beat.unref()
    await sql`select pg_advisory_lock(hashtextextended(${lockNames.process(processId)}, 0))`.execute(database)
    return { client, lost, database }
  }

  function session(): Promise<Session> {
    if (isClosed) return Promise.reject(new Error('the store is closed'))
    opening ??= open().catch((error: unknown) => {
      opening = null
      throw error
    })
    return opening
  }

  return {
    async show() {
      await session()
    },
    async tryDuty(name) {
      const { database, lost } = await session()
      const key = sql`hashtextextended(${lockNames.duty(name)}, 0)`
      const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${key}) as held`.execute(database)
      if (rows[0]?.held !== true) return null
      return {
        database,
        lost: lost.signal,
        async release() {
          if (!lost.signal.aborted) await sql`select pg_advisory_unlock(${key})`.execute(database)
        },
      }
    },
    async close() {
      isClosed = true
      const open = await opening?.catch(() => null)
      await open?.client.end()
    },
  }
}

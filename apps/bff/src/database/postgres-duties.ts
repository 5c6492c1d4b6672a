import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely'
import pg from 'pg'
import { poolOfOne } from './one-connection.ts'
import { connectionOptions, endSoon, letGoSoon, patienceMs, tearDown } from './postgres-connection.ts'
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
/** The server lets go of a session that is silent for three beats: a machine that vanished, a process that was stopped, a wire that was cut. */
const silenceMs = 3 * beatMs
const againMs = 500

/**
 * The duties of this process: session locks on one connection of its own, the same that is given out to write by them. When that connection dies,
 * the rights and the ability to use them die together; another one is opened, and whoever wants a duty asks again.
 */
export function createPostgresDuties(url: string, processId: string): PostgresDuties {
  let opening: Promise<Session> | null = null
  let again: NodeJS.Timeout | undefined
  let isClosed = false

  async function open(): Promise<Session> {
    const client = new pg.Client(connectionOptions(url))
    const pool = poolOfOne(client)
    const database = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
    const lost = new AbortController()
    let beat: NodeJS.Timeout | undefined
    const end = () => {
      if (lost.signal.aborted) return
      clearInterval(beat)
      lost.abort(new Error('the connection that held the duties is lost'))
      tearDown(client)
      reopen()
    }
    client.on('error', end).on('end', end)
    try {
      await client.connect()
      await letGoSoon(client, silenceMs)
      // Half-open it would be noticed only by the next sweep.
      beat = setInterval(() => void answersNow(client, pool).catch(end), beatMs)
      beat.unref()
      await sql`select pg_advisory_lock(hashtextextended(${lockNames.process(processId)}, 0))`.execute(database)
    } catch (error) {
      end()
      throw error
    }
    return { client, lost, database }
  }

  function session(): Promise<Session> {
    if (isClosed) return Promise.reject(new Error('the store is closed'))
    clearTimeout(again)
    return (opening ??= open())
  }

  /** Also where nobody asks for a duty: the others shall see that this process lives. */
  function reopen(): void {
    opening = null
    clearTimeout(again)
    if (isClosed) return
    again = setTimeout(() => void session().catch(() => {}), againMs)
    again.unref()
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
      clearTimeout(again)
      const open = await opening?.catch(() => null)
      if (open) await endSoon(open.client)
    },
  }
}

async function answersNow(client: pg.Client, pool: PostgresPool): Promise<void> {
  const turn = await pool.connect()
  try {
    const beat: pg.QueryConfig & { query_timeout: number } = { text: 'select 1', query_timeout: patienceMs }
    await client.query(beat)
  } finally {
    turn.release()
  }
}

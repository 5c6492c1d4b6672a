import type { PostgresPool, PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { connectionOptions, isSilence, letGoSoon, tearDown } from './postgres-connection.ts'

const mostConnections = 10
const longestEndMs = 2_000

/**
 * The connections of one process that everybody uses who needs none for long. Whoever asks gets an answer or an error within seconds, also from a
 * server that is gone or half-open: one that is silent is thrown away, with whatever waits on it.
 */
export function openPool(url: string): PostgresPool {
  const pool = new pg.Pool({ ...connectionOptions(url), max: mostConnections })
  const clients = new Set<pg.PoolClient>()
  // An idle connection that breaks is replaced; whoever uses one is told by the query. Unheard, either would end the process.
  pool.on('error', () => {}).on('remove', client => void clients.delete(client))
  pool.on('connect', client => void clients.add(client.on('error', () => {})))
  const ready = new WeakSet<pg.PoolClient>()

  function lend(client: pg.PoolClient): PostgresPoolClient {
    let isBroken = false
    const query = async (text: string, parameters: unknown[]) => {
      try {
        return await client.query(text, parameters)
      } catch (error) {
        if (isSilence(error)) {
          isBroken = true
          tearDown(client)
        }
        throw error
      }
    }
    return {
      // Of the two ways to query Kysely uses the other one for streams only, and nobody streams here.
      query: query as unknown as PostgresPoolClient['query'],
      release: isUseless => client.release(isBroken || isUseless),
    }
  }

  return {
    async connect() {
      const client = await pool.connect()
      try {
        if (!ready.has(client)) await letGoSoon(client)
      } catch (error) {
        tearDown(client)
        client.release(true)
        throw error
      }
      ready.add(client)
      return lend(client)
    },
    /** What does not end in order, since nobody is there, ends without. */
    async end() {
      const timer = setTimeout(() => clients.forEach(tearDown), longestEndMs)
      await pool.end()
      clearTimeout(timer)
    },
    options: {},
  }
}

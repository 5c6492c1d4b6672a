import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { isSilence, tearDown } from './postgres-connection.ts'

/** A pool of one connection that somebody else opened: those who want it take turns, and it is never replaced by another one. */
export function poolOfOne(client: pg.Client): PostgresPool {
  let last: Promise<void> = Promise.resolve()
  const query = async (sql: string, parameters: unknown[]) => {
    try {
      return await client.query(sql, parameters)
    } catch (error) {
      // What comes after it would be answered no more than this.
      if (isSilence(error)) tearDown(client)
      throw error
    }
  }
  return {
    async connect() {
      const { promise: free, resolve: giveBack } = Promise.withResolvers<void>()
      const turn = last
      last = free
      await turn
      // Of the two ways to query Kysely uses the other one for streams only, and nobody streams here.
      return { query: query as unknown as PostgresPoolClient['query'], release: () => giveBack() }
    },
    end: async () => {},
    options: {},
  }
}

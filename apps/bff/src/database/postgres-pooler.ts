import pg from 'pg'
import { DatabaseFault } from './database-fault.ts'
import { connectionOptions, endSoon, isSilence, patienceMs } from './postgres-connection.ts'

const several = 3
/** Each in another order than the one before: whichever way a pooler chooses among its connections, it cannot give all of them to the same clients again. */
const orders = [
  [0, 1, 2],
  [1, 2, 0],
  [0, 2, 1],
  [2, 0, 1],
  [1, 0, 2],
]

/**
 * Finds out a pooler that lends server connections by the transaction or statement (PgBouncer's modes of these names, and their like). Behind one a
 * session's lock would be held by nobody in particular. Seen from here: one connection is served by several servers' processes, or one process
 * serves several connections.
 * @throws DatabaseFault there is one, or whatever is there gives fewer connections than Lockdesk needs
 */
export async function refusePooler(url: string): Promise<void> {
  const clients = Array.from({ length: several }, () => clientOf(url))
  const servers = createServerBook()
  const ask = async (index: number) => servers.note(index, await serverOf(clients[index]))
  try {
    await Promise.all(clients.map(client => client.connect()))
    for (const index of clients.keys()) await ask(index)
    for (const order of orders) {
      // All at once are in the middle of something, so that each has a server's process of its own.
      for (const index of order) {
        await clients[index]?.query('begin').catch(refuseTransactions)
        await ask(index)
      }
      for (const client of clients) await client.query('rollback')
    }
  } catch (error) {
    throw isSilence(error) ? new TooFewConnections() : error
  } finally {
    await Promise.allSettled(clients.map(endSoon))
  }
}

/** Which server's process has served which client. */
function createServerBook() {
  const clientOfServer = new Map<number, number>()
  const serverOfClient = new Map<number, number>()
  return {
    /** @throws ForeignPooler either has been seen with another one */
    note(client: number, server: number): void {
      const isSame =
        (clientOfServer.get(server) ?? client) === client && (serverOfClient.get(client) ?? server) === server
      if (!isSame) throw new ForeignPooler('transaction')
      clientOfServer.set(server, client)
      serverOfClient.set(client, server)
    },
  }
}

class ForeignPooler extends DatabaseFault {
  constructor(mode: 'transaction' | 'statement') {
    super(
      `a pooler in ${mode} mode stands before the PostgreSQL (PgBouncer, for example). Lockdesk keeps locks for as long as a connection lives, ` +
        'which such a pooler takes away. Connect to the server itself, or set the pooler to session mode (pool_mode = session).',
    )
    this.name = 'ForeignPooler'
  }
}

class TooFewConnections extends DatabaseFault {
  constructor() {
    super(
      `the PostgreSQL, or a pooler before it, does not serve ${several} connections at once. Each replica of Lockdesk needs 13: ` +
        'raise max_connections of the server, or pool_size of the pooler.',
    )
    this.name = 'TooFewConnections'
  }
}

/** What serves single statements wants no transaction. */
function refuseTransactions(error: unknown): never {
  throw error instanceof pg.DatabaseError && error.message.includes('pooling mode')
    ? new ForeignPooler('statement')
    : error
}

function clientOf(url: string): pg.Client {
  const client = new pg.Client({ ...connectionOptions(url), query_timeout: patienceMs })
  return client.on('error', () => {})
}

async function serverOf(client: pg.Client | undefined): Promise<number> {
  const answer = await client?.query<{ pid: number }>('select pg_backend_pid() as pid')
  return Number(answer?.rows[0]?.pid)
}

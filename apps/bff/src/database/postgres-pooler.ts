import pg from 'pg'
import { DatabaseFault } from './database-fault.ts'
import { connectionOptions } from './postgres-connection.ts'

const rounds = 4

/**
 * Finds out a pooler that lends server connections by the transaction (PgBouncer's transaction and statement mode, and their like). Behind one a
 * session's lock would be held by nobody in particular. Seen from here: one connection is served by several servers' processes, or one process
 * serves several connections.
 * @throws DatabaseFault there is one
 */
export async function refusePooler(url: string): Promise<void> {
  const clients = await Promise.all([0, 1, 2].map(() => connect(url)))
  try {
    const servedBy = new Map<number, pg.Client>()
    const server = new Map<pg.Client, number>()
    for (let round = 0; round < rounds; round++)
      for (const client of clients) {
        // One is kept busy meanwhile, so that a pooler must lend the next one another connection.
        const busy = clients[(clients.indexOf(client) + round + 1) % clients.length] ?? client
        if (busy !== client) await busy.query('begin')
        const pid = await serverOf(client)
        if (busy !== client) await busy.query('rollback')
        if ((servedBy.get(pid) ?? client) !== client || (server.get(client) ?? pid) !== pid)
          throw new TransactionPooler()
        servedBy.set(pid, client)
        server.set(client, pid)
      }
  } finally {
    await Promise.allSettled(clients.map(client => client.end()))
  }
}

class TransactionPooler extends DatabaseFault {
  constructor() {
    super(
      'a pooler in transaction mode stands before the PostgreSQL (PgBouncer, for example). Lockdesk keeps locks for as long as a connection lives, ' +
        'which such a pooler takes away. Connect to the server itself, or set the pooler to session mode (pool_mode = session).',
    )
    this.name = 'TransactionPooler'
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(connectionOptions(url))
  client.on('error', () => {})
  await client.connect()
  return client
}

async function serverOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return Number(rows[0]?.pid)
}

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { createPostgresClock, mostDriftMs } from './postgres-clock.ts'
import { createPostgresDuties, lockNames } from './postgres-duties.ts'
import { listenOnPostgres } from './postgres-listener.ts'
import type { Database, Tx } from './schema.ts'
import { type LastWrite, type Store, type Topic, createListeners } from './store.ts'
import { createWriteTurns } from './write-turns.ts'

const channel = 'lockdesk'

/** The store that several replicas share. */
export async function openPostgresStore(
  url: string,
  database: Database,
  floor: number,
): Promise<Store & { close(): Promise<void> }> {
  const processId = randomUUID()
  const listeners = createListeners()
  const clock = await createPostgresClock(() => databaseTime(database), floor)
  const duties = createPostgresDuties(url, processId)
  const inTurn = createWriteTurns()
  const heard = (said: string) => {
    const news = readNews(said)
    if (news) listeners.tell(...news)
  }
  const begin = async () => {
    await duties.show()
    return listenOnPostgres(url, channel, heard, listeners.tellAll)
  }
  const listener = await begin().catch(async (error: unknown) => {
    clock.close()
    await duties.close()
    throw error
  })
  return {
    kind: 'postgres',
    processId,
    now: clock.now,
    write(work, by) {
      const run = () =>
        (by?.database ?? database).transaction().execute(async tx => {
          const now = await beginWrite(tx, clock.now())
          clock.reached(now)
          return work({ tx, now, announce: (...said) => announce(tx, said) })
        })
      return by ? run() : inTurn(run)
    },
    lastWrite: () => lastWrite(database),
    announce: (...said) => announce(database, said),
    listen: listeners.add,
    tryDuty: duties.tryDuty,
    isAlive: async (tx, id) => id === processId || isAlive(tx, id),
    async close() {
      clock.close()
      await Promise.allSettled([duties.close(), listener.close()])
    },
  }
}

async function databaseTime(database: Database): Promise<number> {
  const { rows } = await sql<{ now: number }>`select ${clockNow} as now`.execute(database)
  return Number(rows[0]?.now)
}

const clockNow = sql`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`

/**
 * Takes the row that whoever writes the ledger must hold, and with it the time, which never runs backwards from one transaction to the next.
 * @param here the time as this process has it: where the database's clock was set back, time goes on all the same
 */
async function beginWrite(tx: Tx, here: number): Promise<number> {
  const { rows } = await sql<{ clock: number }>`
    update writer set clock = greatest(
      clock,
      ${clockNow},
      case when ${clockNow} < clock - ${mostDriftMs}::bigint then ${here}::bigint end
    ) returning clock`.execute(tx)
  const [writer] = rows
  if (!writer) throw new NoWriter()
  return writer.clock
}

/** Each write makes the row anew, and a row is told from the one before by the transaction that made it. */
async function lastWrite(database: Database): Promise<LastWrite> {
  const { rows } = await sql<LastWrite>`select xmin::text as id, clock as at from writer`.execute(database)
  const [writer] = rows
  if (!writer) throw new NoWriter()
  return writer
}

/** A process lives as long as somebody holds its lock. */
async function isAlive(tx: Tx, processId: string): Promise<boolean> {
  const { rows } = await sql<{ isFree: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${lockNames.process(processId)}, 0)) as "isFree"`.execute(tx)
  return rows[0]?.isFree !== true
}

/** @returns null for what is not ours: whoever may use the database may say something on the channel */
function readNews(said: string): [Topic, string] | null {
  try {
    const [topic, payload] = JSON.parse(said) as unknown[]
    return typeof topic === 'string' && typeof payload === 'string' ? [topic as Topic, payload] : null
  } catch {
    return null
  }
}

async function announce(database: Database, said: [Topic, string]): Promise<void> {
  await sql`select pg_notify(${channel}, ${JSON.stringify(said)})`.execute(database)
}

class NoWriter extends Error {
  constructor() {
    super('the store has lost its row for the writer')
    this.name = 'NoWriter'
  }
}

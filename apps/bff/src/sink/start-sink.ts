import type { Database } from '../database/schema.ts'
import type { Duty, Store } from '../database/store.ts'
import type { Entry, Ledger } from '../ledger/ledger.ts'
import type { Onlooker } from '../ledger/present-holder.ts'
import { backoff } from './backoff.ts'
import { lineOf } from './line-of.ts'
import { type Sink, SinkAway } from './sink.ts'

export interface SinkRooms {
  database: Database
  store: Store
  ledger: Pick<Ledger, 'id' | 'onCommit'>
  isService: Onlooker['isService']
  sink: Sink
  /** By which the store remembers how far it has been told. */
  id: string
  random?: () => number
  /** Waits, or is woken by the signal, which is no error. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>
  /** Once, when it goes away. */
  onAway?(error: SinkAway): void
  /** Once, when it is back. */
  onBack?(): void
  onFault?(error: unknown): void
}

export interface RunningSink {
  /** Entries that it has not been told of yet, whichever process sends. */
  lag(): Promise<number>
  /** Number of the last entry that it was told of. */
  position(): Promise<number>
  /** Batches that this process could not send. */
  failures(): number
  stop(): Promise<void>
}

const batchSize = 500
/** How long one sleeps where there is nothing to send, or somebody else sends. */
const idleMs = 5_000

/**
 * Tells a place outside of every entry, in order and at least once. It reads what it sends from the ledger, a batch at a time, so a sink that is
 * away costs no memory and holds nobody up; the store remembers how far it came. Of several processes one sends at a time.
 */
export function startSink(rooms: SinkRooms): RunningSink {
  const { database, store, ledger, id, random = Math.random, wait = pause, onFault = () => {} } = rooms
  const ending = new AbortController()
  let failures = 0
  let inARow = 0
  let news = new AbortController()
  const forget = ledger.onCommit(() => news.abort())

  async function send(duty: Duty): Promise<void> {
    const signal = AbortSignal.any([ending.signal, duty.lost])
    while (!signal.aborted) {
      news = new AbortController()
      const entries = await entriesBehind(database, await positionOf(database, id))
      const last = entries.at(-1)
      if (!last) {
        await wait(idleMs, AbortSignal.any([signal, news.signal]))
        continue
      }
      const lines = entries.map(entry => lineOf(entry, ledger.id, rooms.isService)).join('')
      const key = `${ledger.id}:${entries[0]?.number}-${last.number}`
      try {
        await rooms.sink.send({ lines, key }, signal)
      } catch (error) {
        if (signal.aborted || !(error instanceof SinkAway)) throw error
        failures += 1
        if (inARow++ === 0) rooms.onAway?.(error)
        await wait(backoff(inARow, error.retryAfterMs, random()), signal)
        continue
      }
      if (inARow > 0) rooms.onBack?.()
      inARow = 0
      await storePosition(duty.database, { sink: id, number: last.number, at: store.now() })
    }
  }

  async function sendWhileHeld(duty: Duty): Promise<void> {
    try {
      await send(duty)
    } finally {
      await duty.release()
    }
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        const duty = await store.tryDuty(`sink ${id}`)
        if (duty) await sendWhileHeld(duty)
      } catch (error) {
        if (!ending.signal.aborted) onFault(error)
      }
      await wait(idleMs, ending.signal)
    }
  }

  const running = run()
  return {
    lag: async () => Math.max(0, (await headOf(database)) - (await positionOf(database, id))),
    position: () => positionOf(database, id),
    failures: () => failures,
    async stop() {
      forget()
      ending.abort()
      await running
    },
  }
}

async function entriesBehind(database: Database, number: number): Promise<Entry[]> {
  return database
    .selectFrom('entries')
    .selectAll()
    .where('number', '>', number)
    .orderBy('number')
    .limit(batchSize)
    .execute()
}

async function headOf(database: Database): Promise<number> {
  const head = await database
    .selectFrom('entries')
    .select('number')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return head?.number ?? 0
}

async function positionOf(database: Database, sink: string): Promise<number> {
  const row = await database.selectFrom('sink_positions').select('number').where('sink', '=', sink).executeTakeFirst()
  return row?.number ?? 0
}

async function storePosition(database: Database, row: { sink: string; number: number; at: number }): Promise<void> {
  await database
    .insertInto('sink_positions')
    .values(row)
    .onConflict(conflict => conflict.column('sink').doUpdateSet({ number: row.number, at: row.at }))
    .execute()
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

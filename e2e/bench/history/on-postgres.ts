import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@lockdesk/throwaway-postgres'
import pg from 'pg'
import type { Dimension, Measured } from '../dimension.ts'
import { openHistory, untilLevel } from './open-history.ts'
import { explainAll, listenToStatements } from './plans.ts'
import { asker, askAll, questions } from './questions.ts'
import { entriesStatement, seedDrafts, timesOf } from './seed.ts'

const entries = Number(process.env['BENCH_ENTRIES'] ?? 1_000_000)
const piece = 250_000

/** G13 on PostgreSQL: what an auditor asks of many entries, as the server asks it and as the database answers. */
export const dimension: Dimension = {
  limitIs: 'one entry by its number, asked of the database in the same way',
  peerIs: 'OFFSET into the middle',
  rows: {
    ...Object.fromEntries(questions.map(question => [question, { unit: 'ms' }])),
    'a page in the middle': { unit: 'ms', leastOfPeer: 20 },
    'in the database: a page in the middle': { unit: 'ms', most: 2 },
    'in the database: a page of one holder': { unit: 'ms', most: 2 },
    'in the database: a page of one draft': { unit: 'ms', most: 2 },
    'in the database: who held it then': { unit: 'ms', most: 0.1 },
    'in the database: the board then': { unit: 'ms', most: 20 },
    'in the database: holders of 30 days': { unit: 'ms' },
    'plans that read all entries': { unit: '', most: 0 },
    'plans that read all holds': { unit: '' },
  },
  sides: {},
  async together() {
    const folder = mkdtempSync(join(tmpdir(), 'lockdesk-history-'))
    chmodSync(folder, 0o755) // PostgreSQL may run as another user
    const postgres = await startPostgres({
      folder: join(folder, 'data'),
      isDurable: false,
      settings: { shared_buffers: '1GB', max_wal_size: '8GB', maintenance_work_mem: '512MB' },
    })
    try {
      return await measure(postgres.url)
    } finally {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function measure(url: string) {
  const now = Date.now()
  const first = await openHistory(url)
  await seedDrafts(first.ledger, timesOf(entries, now).first)
  await first.close()
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {}) // where the server ends first, what failed before is the news
  await client.connect()
  await seed(client, now)
  const statements = listenToStatements()
  const history = await openHistory(url)
  const levelAfter = await untilLevel(history)
  await client.query('vacuum analyze')
  console.log(`${entries} entries; the history was level after ${Math.round(levelAfter)} s`)

  const ask = asker(history, entries, now)
  await askAll(ask) // once for the caches
  const ours = await askAll(ask)
  const plans: Measured = {}
  const readAll: string[] = []
  for (const question of questions) {
    statements.splice(0)
    await ask[question](3)
    const { ms, sequential } = await explainAll(client, statements)
    plans[`in the database: ${question}`] = ms
    readAll.push(...sequential)
    for (const table of sequential) console.log(`${question}: a sequential scan of ${table}`)
  }
  const limit = await medianOf(40, async turn => {
    await history.database
      .selectFrom('entries')
      .selectAll()
      .where('number', '=', turn * 1_000 + 1)
      .executeTakeFirst()
  })
  const peer = await medianOf(3, async () => {
    await client.query(`select * from entries order by number desc limit 50 offset ${Math.floor(entries / 2)}`)
  })
  await history.close()
  await client.end()
  return {
    ours: {
      ...ours,
      ...plans,
      'plans that read all entries': readAll.filter(table => table === 'entries').length,
      'plans that read all holds': readAll.filter(table => table === 'holds').length,
    },
    limit: Object.fromEntries(questions.map(question => [question, limit])),
    peer: { 'a page in the middle': peer },
  }
}

async function seed(client: pg.Client, now: number): Promise<void> {
  const { first, step } = timesOf(entries, now)
  for (let from = 0; from < entries; from += piece) {
    const to = Math.min(entries, from + piece)
    await client.query(
      entriesStatement(`generate_series(${from + 1}::bigint, ${to}::bigint) as numbers (i)`, first, step),
    )
  }
  await client.query(`update draft_lives set since = ${first}`)
  await client.query('analyze')
}

async function medianOf(times: number, work: (turn: number) => Promise<void>): Promise<number> {
  const all: number[] = []
  for (let turn = 0; turn < times; turn++) {
    const began = performance.now()
    await work(turn)
    all.push(performance.now() - began)
  }
  return all.toSorted((one, other) => one - other)[Math.floor(times / 2)] ?? Number.NaN
}

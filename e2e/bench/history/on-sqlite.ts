import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dimension } from '../dimension.ts'
import { openHistory, untilLevel } from './open-history.ts'
import { asker, askAll, questions } from './questions.ts'
import { seedSqlite } from './seed-sqlite.ts'

const entries = Math.min(1_000_000, Number(process.env['BENCH_ENTRIES'] ?? 1_000_000))

/** G13 on SQLite: the same questions of a million entries, with the way to its threads and back. */
export const dimension: Dimension = {
  limitIs: 'one entry by its number, asked in the same way',
  peerIs: 'none',
  rows: Object.fromEntries(
    questions.map(question => [question, { unit: 'ms', ...(question === 'the board then' ? { most: 100 } : {}) }]),
  ),
  sides: {},
  async together() {
    const folder = mkdtempSync(join(tmpdir(), 'lockdesk-history-'))
    const now = Date.now()
    try {
      const url = await seedSqlite(join(folder, 'lockdesk.sqlite'), entries, now)
      const history = await openHistory(url)
      console.log(`${entries} entries; the history was level after ${Math.round(await untilLevel(history))} s`)
      const ask = asker(history, entries, now)
      await askAll(ask) // once for the caches
      const ours = await askAll(ask)
      const all: number[] = []
      for (let turn = 0; turn < 40; turn++) {
        const began = performance.now()
        await history.database
          .selectFrom('entries')
          .selectAll()
          .where('number', '=', turn * 1_000 + 1)
          .executeTakeFirst()
        all.push(performance.now() - began)
      }
      const limit = all.toSorted((one, other) => one - other)[20] ?? Number.NaN
      await history.close()
      return { ours, limit: Object.fromEntries(questions.map(question => [question, limit])) }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

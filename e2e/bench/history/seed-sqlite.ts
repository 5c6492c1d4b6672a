import { DatabaseSync } from 'node:sqlite'
import { openHistory } from './open-history.ts'
import { entriesStatement, seedDrafts, timesOf } from './seed.ts'

/** Fills a new file with so many entries. @returns its URL */
export async function seedSqlite(path: string, entries: number, now: number): Promise<string> {
  const url = `sqlite:${path}`
  const { first, step } = timesOf(entries, now)
  const empty = await openHistory(url)
  await seedDrafts(empty.ledger, first)
  await empty.close()
  const raw = new DatabaseSync(path)
  raw.exec('pragma synchronous = off')
  const numbers = `(with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < ${entries}) select i from numbers)`
  raw.exec(entriesStatement(numbers, first, step))
  raw.exec(`update draft_lives set since = ${first}`)
  raw.exec('analyze')
  raw.close()
  return url
}

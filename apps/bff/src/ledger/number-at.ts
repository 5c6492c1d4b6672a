import type { Database } from '../database/schema.ts'
import { readHead } from './read-ledger.ts'

/** So many entries are looked at by one statement: ten million are searched by four. */
const looks = 64

/**
 * Number of the first entry that was recorded at a time or later; one more than the head where there is none. Entries are recorded in the order
 * of their numbers, so this is a handful of looks by number.
 */
export async function numberAt(database: Database, at: number): Promise<number> {
  let low = await firstNumber(database)
  let high = (await readHead(database)) + 1
  while (low < high) {
    const step = Math.max(1, Math.ceil((high - low) / looks))
    const looked = await database
      .selectFrom('entries')
      .select(['number', 'recorded_at'])
      .where('number', 'in', spread(low, high, step))
      .orderBy('number')
      .execute()
    const later = looked.find(({ recorded_at }) => recorded_at >= at)
    const earlier = looked.findLast(({ recorded_at }) => recorded_at < at)
    if (looked.length === 0) throw new Error(`entries between ${low} and ${high} are gone`)
    high = later?.number ?? high
    low = earlier === undefined ? low : earlier.number + 1
    if (later?.number === low) return low
  }
  return low
}

const spread = (low: number, high: number, step: number): number[] =>
  Array.from({ length: Math.ceil((high - low) / step) }, (_, index) => low + index * step)

async function firstNumber(database: Database): Promise<number> {
  const first = await database.selectFrom('entries').select('number').orderBy('number').limit(1).executeTakeFirst()
  return first?.number ?? 1
}

/** The clocks of several replicas agree to within this. */
const skewMs = 60_000
/** No sweep and no refusal waits longer for its entry. */
const longestDelayMs = 6 * 3_600_000

/**
 * Between which numbers, both left out, everything lies whose `at_by` is in a period: an entry may be recorded long after it, and hardly before.
 */
export async function numbersOf(
  database: Database,
  { since, until }: { since: number | undefined; until: number | undefined },
): Promise<{ above: number; below: number }> {
  const head = await readHead(database)
  return {
    above: since === undefined ? 0 : (await numberAt(database, since - skewMs)) - 1,
    below: until === undefined ? head + 1 : await numberAt(database, until + longestDelayMs),
  }
}

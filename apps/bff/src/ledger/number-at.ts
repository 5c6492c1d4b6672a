import type { Database } from '../database/schema.ts'
import { readHead } from './read-ledger.ts'

/**
 * Number of the first entry that was recorded at a time or later; one more than the head where there is none. Entries are recorded in the order
 * of their numbers, so this is a handful of looks by number.
 */
export async function numberAt(database: Database, at: number): Promise<number> {
  const first = await firstNumber(database)
  let [low, high] = [first, (await readHead(database)) + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const { recorded_at } = await database
      .selectFrom('entries')
      .select('recorded_at')
      .where('number', '=', middle)
      .executeTakeFirstOrThrow()
    if (recorded_at >= at) high = middle
    else low = middle + 1
  }
  return low
}

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

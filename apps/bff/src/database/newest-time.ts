import type { Database } from './schema.ts'

/**
 * The newest time that the store knows, epoch milliseconds: the clock goes on from there, even if the machine's was set back meanwhile. Readings
 * are told from old news by their times, so none of them may be missing here.
 */
export async function newestTime(database: Database): Promise<number> {
  const { max } = database.fn
  const found = await Promise.all([
    // The newest by number has the latest time: a long ledger is not searched through.
    database.selectFrom('entries').select('recorded_at as a').orderBy('number', 'desc').limit(1).executeTakeFirst(),
    database.selectFrom('writer').select('clock as a').executeTakeFirst(),
    database
      .selectFrom('drafts')
      .select([max('read_at').as('a'), max('missing_since').as('b')])
      .executeTakeFirst(),
    database
      .selectFrom('drafts')
      .select([max('since_by').as('a'), max('left_since').as('b')])
      .executeTakeFirst(),
    database.selectFrom('intents').select(max('opened_at').as('a')).executeTakeFirst(),
    database
      .selectFrom('namespaces')
      .select([max('swept_at').as('a'), max('error_at').as('b')])
      .executeTakeFirst(),
  ])
  return Math.max(0, ...found.flatMap(row => Object.values(row ?? {}).map(Number)))
}

import type { CountedBy, DraftRef } from '@lockdesk/contract'
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { readMarks } from './derived-marks.ts'
import { dayMs, hourMs } from './entry-tallies.ts'
import { entryWalks } from './find-entries.ts'
import { type HistoryFilter, type HistoryQuery, isHopeless } from './history-query.ts'
import { TooMuchToCount } from './ledger.ts'
import { numbersOf } from './number-at.ts'
import { withinScope } from './within-scope.ts'

/** How many entries fit, by one of their words. Of a draft `key` is its address as JSON, see {@link draftOfKey}; of an hour its beginning. */
export type EntryCounts = Map<string, number>

/** So many entries are counted one by one where no index leads to fewer. */
const mostCounted = 2_000_000

/**
 * Counts entries that fit, by one of their words; those that have none of it are left out. What was tallied is added up; only what tallies do not
 * tell of is counted one by one.
 * @throws TooMuchToCount a period would help
 */
export async function countEntries(database: Database, query: HistoryQuery, by: CountedBy): Promise<EntryCounts> {
  if (isHopeless(query)) return new Map()
  if (!isTallied(query, by)) return countOneByOne(database, query, by)
  for (;;) {
    const { tallies: mark } = await readMarks(database)
    const counts = await addTallies(database, query, by, mark)
    // Whoever tallied meanwhile moved entries from one part to the other.
    if ((await readMarks(database)).tallies === mark) return counts
  }
}

/** The address that stands for a draft in {@link countEntries}. */
export const draftOfKey = (key: string): DraftRef => {
  const [workspace = '', namespace = '', draftId = ''] = JSON.parse(key) as string[] // written below
  return { workspace, namespace, draftId }
}

const isTallied = ({ parts, filter }: HistoryQuery, by: CountedBy) =>
  by !== 'draft' &&
  parts.every(({ scope, concerning }) => scope.length === 0 || concerning === undefined) &&
  filter.drafts === undefined &&
  filter.holderIds === undefined &&
  filter.texts === undefined

async function addTallies(database: Database, query: HistoryQuery, by: CountedBy, mark: number): Promise<EntryCounts> {
  const { since = 0, until = Infinity } = query.filter
  const sum: EntryCounts = new Map()
  const add = (counts: EntryCounts) => {
    for (const [key, n] of counts) sum.set(key, (sum.get(key) ?? 0) + n)
  }
  const whole = wholeSpans(since, until, by === 'hour' ? hourMs : dayMs)
  for (const span of whole.spans) add(await readTallies(database, query, by, span))
  for (const edge of whole.edges)
    add(await countOneByOne(database, { ...query, filter: { ...query.filter, ...edge } }, by, { below: mark + 1 }))
  add(await countOneByOne(database, query, by, { above: mark }))
  return sum
}

interface Span {
  spanMs: number
  /** The first millisecond, and the one after the last. */
  from: number
  to: number
}

/** A period as whole days, whole hours before and after them, and what is left at both ends. Pure. */
export function wholeSpans(
  since: number,
  until: number,
  longestMs: number,
): { spans: Span[]; edges: { since: number; until: number }[] } {
  const up = (ms: number, span: number) => Math.ceil(ms / span) * span
  const down = (ms: number, span: number) => (ms === Infinity ? Infinity : Math.floor(ms / span) * span)
  const [firstHour, lastHour] = [up(since, hourMs), down(until, hourMs)]
  if (firstHour > lastHour) return { spans: [], edges: [{ since, until }] }
  const [firstDay, lastDay] = [up(since, longestMs), down(until, longestMs)]
  const spans: Span[] =
    firstDay < lastDay
      ? [
          { spanMs: hourMs, from: firstHour, to: firstDay },
          { spanMs: longestMs, from: firstDay, to: lastDay },
          { spanMs: hourMs, from: lastDay, to: lastHour },
        ]
      : [{ spanMs: hourMs, from: firstHour, to: lastHour }]
  const edges = [
    { since, until: firstHour },
    { since: lastHour, until },
  ]
  return { spans: spans.filter(({ from, to }) => from < to), edges: edges.filter(edge => edge.since < edge.until) }
}

async function readTallies(
  database: Database,
  { parts, filter }: HistoryQuery,
  by: CountedBy,
  { spanMs, from, to }: Span,
): Promise<EntryCounts> {
  const scope = parts.flatMap(part => part.scope)
  const { actorIds, known, how } = filter
  const column = { kind: 'kind', known: 'known', actor: 'actor_id', hour: 'start', draft: 'start' } as const
  let found = database
    .selectFrom('entry_tallies')
    .select([sql<string | number>`${sql.ref(column[by])}`.as('key'), eb => eb.fn.sum<number>('n').as('n')])
    .where('span', '=', spanMs)
    .where('start', '>=', from)
    .where(withinScope(scope))
    .where(isOfKinds(filter))
    .groupBy(sql`${sql.ref(column[by])}`)
  if (to !== Infinity) found = found.where('start', '<', to)
  if (actorIds) found = found.where('actor_id', 'in', actorIds)
  if (known) found = found.where('known', 'in', known)
  if (how) found = found.where('how', '=', how)
  const rows = await found.execute()
  return new Map(rows.filter(({ key }) => key !== '').map(({ key, n }) => [String(key), Number(n)]))
}

function isOfKinds({ kinds, isTaken }: HistoryFilter): Expression<SqlBool> {
  if (!kinds && !isTaken) return sql<SqlBool>`1 = 1`
  const fits = [
    ...(kinds?.length ? [sql<SqlBool>`kind in (${sql.join(kinds)})`] : []),
    ...(isTaken ? [sql<SqlBool>`is_taken = 1`] : []),
  ]
  return sql<SqlBool>`(${sql.join(fits, sql` or `)})`
}

async function countOneByOne(
  database: Database,
  query: HistoryQuery,
  by: CountedBy,
  numbers: { above?: number; below?: number } = {},
): Promise<EntryCounts> {
  const { since, until } = query.filter
  const period = await numbersOf(database, { since, until })
  const above = Math.max(period.above, numbers.above ?? 0)
  const below = Math.min(period.below, numbers.below ?? Infinity)
  if (above + 1 >= below) return new Map()
  const walks = entryWalks(query)
  if (below - above > mostCounted && walks.some(({ isWide }) => isWide)) throw new TooMuchToCount(below - above)
  const found = walks.map(walk => {
    const fits = database
      .selectFrom('entries')
      .select(['number', 'kind', 'known', 'actor_id', 'workspace', 'namespace', 'draft_id', 'at_by'])
      .where(eb => eb.and(walk.conditions(eb)))
      .where('number', '>', above)
      .where('number', '<', below)
    return sql`select * from ${fits} as walked`
  })
  if (found.length === 0) return new Map()
  // An entry may lie on several walks: `union` counts it once.
  const columns = keyColumns[by]
  const { rows } = await sql<{ n: number } & Record<string, string | number | null>>`
    select ${columns}, count(*) as n from (${sql.join(found, sql` union `)}) as found group by ${groups[by]}`.execute(
    database,
  )
  return new Map(
    rows.flatMap(row => {
      const key = keyOf(by, row)
      return key === null ? [] : [[key, Number(row.n)] as const]
    }),
  )
}

const hour = sql`(at_by / ${sql.lit(hourMs)})`
const keyColumns = {
  kind: sql`kind as key`,
  known: sql`known as key`,
  actor: sql`actor_id as key`,
  draft: sql`workspace, namespace, draft_id as key`,
  hour: sql`${hour} as key`,
}
const groups = {
  kind: sql`kind`,
  known: sql`known`,
  actor: sql`actor_id`,
  draft: sql`workspace, namespace, draft_id`,
  hour,
}

function keyOf(by: CountedBy, row: Record<string, string | number | null>): string | null {
  const key = row['key'] ?? null
  if (key === null) return null
  if (by === 'draft') return JSON.stringify([row['workspace'], row['namespace'], key])
  return by === 'hour' ? String(Number(key) * hourMs) : String(key)
}

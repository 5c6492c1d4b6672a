import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { holdWalks, periodBounds } from './find-holds.ts'
import { type HistoryQuery, isHopeless } from './history-query.ts'
import type { Scope } from './scope.ts'
import { withinScope } from './within-scope.ts'
import type { Sighting } from './present-holder.ts'

/** What one holder had in a period; behind a shared holder each person alone. */
export interface HolderCount {
  holder_id: string
  claim_person: string | null
  /** Number of the entry that began the last of its holds. */
  latest: number
  holds: number
  open: number
  overdue: number
  /** Milliseconds. */
  least: number
  most: number
  last_seen: number
  /** When the last of its holds was shown to be over, or the end of the period: unlike `last_seen` no later sweep moves it. */
  last_shown: number
}

export interface HolderCountOptions {
  /** Epoch milliseconds: the first one of the period, and the one after its last. */
  since: number
  until: number
  /** Up to where time counts: the end of the period, or now. */
  end: number
  /** What was entered later does not count: so the pages of one answer tell of one state. */
  head: number
  /** After how long a hold is overdue, and where; elsewhere none is. */
  overdue: readonly { afterMs: number; scope: Scope }[]
}

/**
 * Who had what in a period, in no order. Of a hold counts what lies in the period: at least the time from when it was seen first to when it was
 * seen last, at most from the reading before it to the one that showed its end.
 */
export async function countHolders(
  database: Database,
  query: HistoryQuery,
  { since, until, end, head, overdue }: HolderCountOptions,
): Promise<HolderCount[]> {
  const asked = { ...query, filter: { ...query.filter, since, until } }
  if (isHopeless(asked)) return []
  const period = await periodBounds(database, asked.filter)
  // No hold lies on two walks: parts have their own namespaces, and walks their own ids or times.
  const walks = holdWalks(asked, period).map(walk => {
    const fits = database
      .selectFrom('holds')
      .select(['opened', 'workspace', 'namespace', 'holder_id', 'claim_person'])
      .select(['from_after', 'from_by', 'until_after', 'until_by', 'closed'])
      .where(eb => eb.and(walk.conditions(eb)))
      .where('opened', '<=', head)
      .where('opened', '<', period.below)
    return sql`select * from ${fits} as walked`
  })
  if (walks.length === 0) return []
  const found = sql.join(walks, sql` union all `)
  const limits = overdue.map(({ afterMs, scope }) => sql`when ${withinScope(scope, 'found')} then ${sql.lit(afterMs)}`)
  const overdueAfter = limits.length > 0 ? sql`case ${sql.join(limits, sql` `)} end` : sql`cast(null as bigint)`
  const { rows } = await sql<HolderCount>`
    select holder_id, claim_person, max(opened) as latest, count(*) as holds, sum(is_open) as open,
      sum(case when shown_until - from_by > overdue_after then 1 else 0 end) as overdue,
      sum(case when seen_until > seen_from then seen_until - seen_from else 0 end) as least,
      sum(case when shown_until > told_from then shown_until - told_from else 0 end) as most,
      max(case when seen_until > seen_from then seen_until else seen_from end) as last_seen, max(shown_until) as last_shown
    from (
      select opened, holder_id, claim_person, from_by, is_open, overdue_after,
        ${greater(sql`from_by`, sql.lit(since))} as seen_from,
        ${greater(sql`coalesce(from_after, ${sql.lit(since)})`, sql.lit(since))} as told_from,
        ${lesser(sql`coalesce(last_seen, from_by)`, sql.lit(end))} as seen_until,
        ${lesser(sql`coalesce(ended_by, ${sql.lit(end)})`, sql.lit(end))} as shown_until
      from (
        select found.opened, found.holder_id, found.claim_person, found.from_after, found.from_by,
          ${overdueAfter} as overdue_after,
          case when found.closed <= ${sql.lit(head)} then 0 else 1 end as is_open,
          case when found.closed <= ${sql.lit(head)} then found.until_by end as ended_by,
          case when found.closed <= ${sql.lit(head)} then found.until_after else namespaces.swept_at end as last_seen
        from (${found}) as found
        left join namespaces
          on namespaces.workspace = found.workspace and namespaces.namespace = found.namespace
      ) as ends
    ) as spans
    group by holder_id, claim_person`.execute(database)
  return rows
}

const lesser = (a: RawBuilder<unknown>, b: RawBuilder<unknown>) => sql`case when ${a} < ${b} then ${a} else ${b} end`
const greater = (a: RawBuilder<unknown>, b: RawBuilder<unknown>) => sql`case when ${a} > ${b} then ${a} else ${b} end`

/** The names that holds carry, by the numbers of the entries that began them, and their workspaces. */
export async function readHoldersOf(
  database: Database,
  opened: readonly number[],
): Promise<Map<number, Sighting & { name: string }>> {
  if (opened.length === 0) return new Map()
  const rows = await database
    .selectFrom('holds')
    .select(['opened', 'workspace', 'namespace', 'holder_name', 'from_by'])
    .where('opened', 'in', opened)
    .execute()
  return new Map(
    rows.map(({ opened, workspace, namespace, holder_name: name, from_by: at }) => [
      opened,
      { workspace, namespace, at, name },
    ]),
  )
}

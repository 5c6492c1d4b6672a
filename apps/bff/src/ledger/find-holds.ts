import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Database, Schema } from '../database/schema.ts'
import type { HoldRow } from './fold-holds.ts'
import { moment } from './hold-snapshots.ts'
import {
  type HistoryFilter,
  type HistoryPage,
  type HistoryPart,
  type HistoryQuery,
  isHopeless,
} from './history-query.ts'
import { numbersOf } from './number-at.ts'
import { hasTexts } from './text-condition.ts'
import { type Walk, walkBack } from './walk-back.ts'
import { unindexed, withinScope } from './within-scope.ts'

type Condition = Expression<SqlBool>
type Holds = ExpressionBuilder<Schema, 'holds'>

/** Holds that fit, the ones that began last first, by the numbers of the entries that began them. */
export async function findHolds(
  database: Database,
  query: HistoryQuery,
  { before, limit }: HistoryPage,
): Promise<{ holds: HoldRow[]; next: number | null }> {
  if (isHopeless(query)) return { holds: [], next: null }
  const period = await periodBounds(database, query.filter)
  const walks = holdWalks(query, period).map((walk): Walk<HoldRow> => ({
    isShort: walk.isShort,
    read: ({ above, below }, most) =>
      database
        .selectFrom('holds')
        .selectAll()
        .where(eb => eb.and(walk.conditions(eb)))
        .where('opened', '>', above)
        .where('opened', '<', below)
        .orderBy('opened', 'desc')
        .limit(most)
        .execute() as Promise<HoldRow[]>,
  }))
  const { rows, next } = await walkBack(walks, {
    numberOf: hold => hold.opened,
    above: 0,
    below: Math.min(period.below, before ?? Infinity),
    limit,
  })
  return { holds: rows, next }
}

/** A way to find holds: along one index, with everything else asked of each. */
export interface HoldWalk {
  conditions(eb: Holds): Condition[]
  isShort: boolean
}

/** What a period means in numbers of entries, and the snapshot that is the last before it. */
export interface PeriodBounds {
  /** Whatever began in the period has a greater number than the first, and a smaller one than the second. */
  first: number
  below: number
  /** Epoch milliseconds. */
  snapshotAt: number
}

export async function periodBounds(database: Database, { since, until }: HistoryFilter): Promise<PeriodBounds> {
  const { above, below } = await numbersOf(database, { since, until })
  return {
    first: above + 1,
    below,
    snapshotAt: since === undefined ? 0 : await lastSnapshot(database, since),
  }
}

/** The moment of the last snapshot not after `at`; 0 where there is none. */
export async function lastSnapshot(database: Database, at: number): Promise<number> {
  const last = await database
    .selectFrom('held_snapshots')
    .select('at')
    .where(sql<SqlBool>`opened = ${sql.lit(moment)}`)
    .where('at', '<=', at)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.at ?? 0
}

/**
 * Walks that find together every hold that fits. Where a period is asked for and nothing narrower, holds that began in it are walked by their
 * numbers, and those that began before and lasted into it are found by the last snapshot: nobody knows how long ago they began.
 */
export function holdWalks({ parts, filter }: HistoryQuery, period: PeriodBounds): HoldWalk[] {
  return parts.filter(({ scope }) => scope.length > 0).flatMap(part => walksOf(part, filter, period))
}

const fewNamespaces = 4

function walksOf(part: HistoryPart, filter: HistoryFilter, period: PeriodBounds): HoldWalk[] {
  const { concerning, scope } = part
  const others = (eb: Holds) => rest(eb, part, filter)
  const along = (condition: (eb: Holds) => Condition, isShort: boolean): HoldWalk => ({
    conditions: eb => [condition(eb), ...others(eb)],
    isShort,
  })
  if (filter.drafts)
    return filter.drafts
      .filter(draft => scope.some(ref => ref.workspace === draft.workspace && ref.namespace === draft.namespace))
      .map(({ workspace, namespace, draftId }) =>
        along(eb => eb.and({ workspace, namespace, draft_id: draftId }), true),
      )
  const persons = concerning === undefined ? filter.actorIds : [concerning]
  if (persons) return persons.map(id => along(eb => eb('claim_person', '=', id), false))
  if (filter.holderIds) return filter.holderIds.map(id => along(eb => eb('holder_id', '=', id), false))
  const { since } = filter
  const later: HoldWalk[] =
    scope.length <= fewNamespaces
      ? scope.map(({ workspace, namespace }) => along(eb => eb.and({ workspace, namespace }), isPlain(filter)))
      : [along(eb => eb.lit(true), false)]
  if (since === undefined) return later
  return [
    ...later.map(walk => ({
      ...walk,
      conditions: (eb: Holds) => [...walk.conditions(eb), eb('opened', '>=', period.first)],
    })),
    { isShort: true, conditions: eb => [lastedInto(eb, since, period), ...others(eb)] },
  ]
}

/** Holds that began before a time and lasted until then: those of the last snapshot, and what began since. */
const lastedInto = (eb: Holds, since: number, { first, snapshotAt }: PeriodBounds): Condition =>
  eb.and([
    eb('opened', '<', first),
    eb(
      'opened',
      'in',
      eb
        .selectFrom('held_snapshots')
        .select('held_snapshots.opened')
        .where('held_snapshots.at', '=', snapshotAt)
        .unionAll(
          eb
            .selectFrom('holds as began')
            .select('began.opened')
            .where('began.from_by', '>', snapshotAt)
            .where('began.from_by', '<=', since),
        ),
    ),
  ])

const isPlain = ({ kinds, isTaken, known, how, texts }: HistoryFilter) =>
  [kinds, isTaken, known, how, texts].every(asked => asked === undefined)

/** Everything that is asked of each hold; a hold is of the kinds of the entries that began and ended it. */
function rest(eb: Holds, part: HistoryPart, filter: HistoryFilter): Condition[] {
  const { actorIds, holderIds, kinds, isTaken, known, how, since, until, texts } = filter
  return [
    withinScope(part.scope),
    ...(part.concerning !== undefined ? [eb(unindexed('claim_person'), '=', part.concerning)] : []),
    ...(actorIds ? [eb(unindexed('claim_person'), 'in', actorIds)] : []),
    ...(holderIds ? [eb(unindexed('holder_id'), 'in', holderIds)] : []),
    ...(kinds || isTaken
      ? [
          eb.or([
            ...(kinds?.length
              ? [sql<SqlBool>`opened_kind in (${sql.join(kinds)})`, sql<SqlBool>`ended in (${sql.join(kinds)})`]
              : []),
            ...(isTaken ? [eb('is_taken', '=', 1)] : []),
          ]),
        ]
      : []),
    ...(known ? [eb('known', 'in', known)] : []),
    ...(how ? [eb('how', '=', how)] : []),
    ...(until !== undefined ? [eb('from_by', '<', until)] : []),
    ...(since !== undefined ? [eb.or([eb('until_by', 'is', null), eb('until_by', '>=', since)])] : []),
    ...(texts ? hasTexts(['draft_name', 'holder_name', 'claim_reason'], texts) : []),
  ]
}

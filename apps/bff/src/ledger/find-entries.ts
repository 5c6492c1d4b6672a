import { type DraftRef, transitionKinds } from '@lockdesk/contract'
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Database, Schema } from '../database/schema.ts'
import {
  type HistoryFilter,
  type HistoryPage,
  type HistoryPart,
  type HistoryQuery,
  isHopeless,
} from './history-query.ts'
import type { Entry } from './ledger.ts'
import { numbersOf } from './number-at.ts'
import { hasTexts } from './text-condition.ts'
import { type Walk, walkBack } from './walk-back.ts'
import { openKinds } from './who-sees.ts'
import { unindexed, withinScope } from './within-scope.ts'

type Condition = Expression<SqlBool>
type Entries = ExpressionBuilder<Schema, 'entries'>

/** Entries that fit, newest first, by walks over the indexes of which each needs one. */
export async function findEntries(
  database: Database,
  query: HistoryQuery,
  { before, limit }: HistoryPage,
): Promise<{ entries: Entry[]; next: number | null }> {
  if (isHopeless(query)) return { entries: [], next: null }
  const { since, until } = query.filter
  const range = await numbersOf(database, { since, until })
  const walks = entryWalks(query).map((walk): Walk<Entry> => ({
    isShort: walk.isShort,
    read: ({ above, below }, most) =>
      database
        .selectFrom('entries')
        .selectAll()
        .where(eb => eb.and(walk.conditions(eb)))
        .where('number', '>', above)
        .where('number', '<', below)
        .orderBy('number', 'desc')
        .limit(most)
        .execute(),
  }))
  const { rows, next } = await walkBack(walks, {
    numberOf: entry => entry.number,
    above: range.above,
    below: Math.min(range.below, before ?? Infinity),
    limit,
  })
  return { entries: rows, next }
}

/** A way to find entries: along one index, with everything else asked of each. */
export interface EntryWalk {
  conditions(eb: Entries): Condition[]
  /** Little lies on it, or all of it fits. */
  isShort: boolean
  /** So much may lie on it as the ledger holds. */
  isWide: boolean
}

/** Walks that find together everything that fits; one entry may lie on several. */
export function entryWalks({ parts, filter }: HistoryQuery): EntryWalk[] {
  return parts.filter(({ scope }) => scope.length > 0).flatMap(part => walksOf(part, filter))
}

/** Of so few namespaces each is walked by itself; of more the whole is, and each entry asked. */
const fewNamespaces = 4

function walksOf(part: HistoryPart, filter: HistoryFilter): EntryWalk[] {
  const { concerning, scope } = part
  const walk = (
    along: (eb: Entries) => Condition[],
    done: readonly Asked[],
    size: Partial<EntryWalk> = {},
  ): EntryWalk => ({
    isShort: false,
    isWide: false,
    ...size,
    conditions: eb => [...along(eb), ...rest(eb, part, filter, done)],
  })
  if (filter.drafts)
    return filter.drafts
      .filter(draft => scope.some(ref => ref.workspace === draft.workspace && ref.namespace === draft.namespace))
      .map(draft => walk(eb => [isOfDraft(eb, draft)], ['drafts', 'scope'], { isShort: true }))
  if (filter.actorIds)
    return filter.actorIds.map(id =>
      walk(eb => [eb('actor_id', '=', id)], ['actorIds'], { isShort: isAlone(filter, 'actorIds') }),
    )
  if (concerning !== undefined) {
    const isShort = isAlone(filter)
    return [
      walk(eb => [eb('actor_id', '=', concerning)], ['concerning'], { isShort }),
      walk(eb => [eb('from_claim', '=', concerning), isOpen(eb)], ['concerning'], { isShort }),
      walk(eb => [eb('to_claim', '=', concerning), isOpen(eb)], ['concerning'], { isShort }),
    ]
  }
  if (filter.holderIds)
    return filter.holderIds.flatMap(id => {
      const size = { isShort: isAlone(filter, 'holderIds') }
      return [
        walk(eb => [eb('to_id', '=', id)], ['holderIds'], size),
        walk(eb => [eb('from_id', '=', id)], ['holderIds'], size),
      ]
    })
  if (filter.isTaken && !filter.kinds?.length) return [walk(() => [sql<SqlBool>`outcome = 'taken'`], [])]
  if (isOfDeeds(filter)) return [walk(() => [sql<SqlBool>`how = 'lockdesk'`], [])]
  if (filter.known?.every(word => word === 'unwatched' || word === 'at-least'))
    return filter.known.map(word => walk(() => [sql<SqlBool>`known = ${sql.lit(word)}`], ['known']))
  if (filter.kinds && !filter.isTaken)
    return filter.kinds.map(kind => walk(eb => [eb('kind', '=', kind)], ['kinds'], { isWide: true }))
  if (scope.length <= fewNamespaces)
    return scope.map(ref =>
      walk(eb => [eb('workspace', '=', ref.workspace), eb('namespace', '=', ref.namespace)], ['scope'], {
        isShort: isAlone(filter),
        isWide: true,
      }),
    )
  return [walk(() => [], [], { isWide: true })]
}

type Asked = keyof HistoryFilter | 'scope' | 'concerning'

/** Nothing else is asked that could leave much of a walk out. */
function isAlone(filter: HistoryFilter, by?: keyof HistoryFilter): boolean {
  return Object.entries(filter).every(
    ([name, value]) => value === undefined || name === by || name === 'since' || name === 'until',
  )
}

const deeds: readonly string[] = ['intent', 'attempt', 'denied', 'setting']

/** Whether only what was done here can fit. */
function isOfDeeds({ how, kinds, isTaken }: HistoryFilter): boolean {
  if (how !== undefined) return how === 'lockdesk'
  return (kinds !== undefined || isTaken === true) && (kinds ?? []).every(kind => deeds.includes(kind))
}

/** What is asked of each entry beyond what the walk is along. */
function rest(eb: Entries, part: HistoryPart, filter: HistoryFilter, done: readonly Asked[]): Condition[] {
  const { actorIds, holderIds, known, how, since, until, texts } = filter
  const { concerning } = part
  const asks: { [K in Asked]?: Condition[] } = {
    scope: [withinScope(part.scope)],
    ...(concerning !== undefined && { concerning: [isAbout(eb, concerning)] }),
    ...(actorIds && { actorIds: [eb(unindexed('actor_id'), 'in', actorIds)] }),
    ...(holderIds && {
      holderIds: [eb.or([eb(unindexed('from_id'), 'in', holderIds), eb(unindexed('to_id'), 'in', holderIds)])],
    }),
    ...((filter.kinds || filter.isTaken) && { kinds: [isOfKinds(eb, filter)] }),
    ...(known && { known: [eb('known', 'in', known)] }),
    ...(how && { how: [eb('how', '=', how)] }),
    ...(since !== undefined && { since: [eb('at_by', '>=', since)] }),
    ...(until !== undefined && { until: [eb('at_by', '<', until)] }),
    ...(texts && { texts: hasTexts(['draft_name', 'from_name', 'to_name', 'reason'], texts) }),
  }
  return Object.entries(asks).flatMap(([name, conditions]) => (done.includes(name as Asked) ? [] : conditions))
}

const isOfDraft = (eb: Entries, { workspace, namespace, draftId }: DraftRef) =>
  eb.and({ workspace, namespace, draft_id: draftId })

/** Attempts and denials of others are not theirs to read, not even of a draft that they hold. */
const isAbout = (eb: Entries, personId: string) =>
  eb.or([
    eb(unindexed('actor_id'), '=', personId),
    eb.and([isOpen(eb), eb.or([eb(unindexed('from_claim'), '=', personId), eb(unindexed('to_claim'), '=', personId)])]),
  ])

const isOpen = (eb: Entries) => eb(unindexed('kind'), 'in', openKinds)

const isOfKinds = (eb: Entries, { kinds = [], isTaken }: HistoryFilter) =>
  eb.or([
    ...(kinds.length > 0 ? [eb(unindexed('kind'), 'in', kinds)] : []),
    ...(isTaken
      ? [
          eb.and([
            eb(unindexed('kind'), 'in', transitionKinds),
            eb('how', '=', 'lockdesk'),
            eb('outcome', '=', 'taken'),
          ]),
        ]
      : []),
  ])

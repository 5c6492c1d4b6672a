import { type DraftRef, transitionKinds } from '@lockdesk/contract'
import type { ExpressionBuilder, SqlBool, Expression } from 'kysely'
import type { Database, Schema } from '../database/schema.ts'
import { draftState } from './draft-row.ts'
import type { DraftState, NamespaceState } from './draft-state.ts'
import type { Entry, EntryQuery } from './ledger.ts'
import type { Scope } from './scope.ts'
import { draftRow } from './surroundings.ts'
import { openKinds } from './who-sees.ts'

/** Only rows of the scope. An empty scope sees nothing. */
const within =
  (scope: Scope) =>
  (eb: ExpressionBuilder<Schema, 'entries'>): Expression<SqlBool> =>
    eb.or(scope.map(ref => eb.and({ workspace: ref.workspace, namespace: ref.namespace })))

/** Number of the newest entry; 0 in an empty ledger. */
export async function readHead(database: Database): Promise<number> {
  const newest = await database
    .selectFrom('entries')
    .select('number')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.number ?? 0
}

/** Whatever was written after a number, oldest first. */
export function readAfter(database: Database, number: number, limit: number): Promise<Entry[]> {
  return database
    .selectFrom('entries')
    .selectAll()
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
    .execute()
}

export async function readDraft(database: Database, ref: DraftRef): Promise<DraftState | null> {
  const { row, intents } = await draftRow(database, ref)
  return row && draftState(row, intents)
}

export async function readNamespaces(database: Database): Promise<NamespaceState[]> {
  const rows = await database.selectFrom('namespaces').selectAll().orderBy('workspace').orderBy('namespace').execute()
  return rows.map(row => ({
    workspace: row.workspace,
    namespace: row.namespace,
    sweptAt: row.swept_at,
    paceMs: row.pace_ms,
    isComplete: row.is_complete === 1,
    revision: row.revision,
    folders: JSON.parse(row.folders) as NamespaceState['folders'], // written by observe-locks
    error:
      row.error === null || row.error_at === null
        ? null
        : { title: row.error, cause: row.error_cause, requestId: row.error_request_id, at: row.error_at },
  }))
}

export async function readEntriesOf(database: Database, ref: DraftRef, limit: number): Promise<Entry[]> {
  return database
    .selectFrom('entries')
    .selectAll()
    .where('workspace', '=', ref.workspace)
    .where('namespace', '=', ref.namespace)
    .where('draft_id', '=', ref.draftId)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
}

export async function readEntries(database: Database, query: EntryQuery): Promise<Entry[]> {
  if (query.scope.length === 0) return []
  let found = database
    .selectFrom('entries')
    .selectAll()
    .where(eb => within(query.scope)(eb))
    .orderBy('number', query.order === 'newest' ? 'desc' : 'asc')
    .limit(query.limit)
  const { before, after, kinds, actorId, holderId, draftId, concerning } = query
  if (before !== undefined) found = found.where('number', '<', before)
  if (after !== undefined) found = found.where('number', '>', after)
  if (actorId !== undefined) found = found.where('actor_id', '=', actorId)
  if (draftId !== undefined) found = found.where('draft_id', '=', draftId)
  if (holderId !== undefined)
    found = found.where(eb => eb.or([eb('from_id', '=', holderId), eb('to_id', '=', holderId)]))
  if (kinds || query.isTakenHere)
    found = found.where(eb =>
      eb.or([
        ...(kinds?.length ? [eb('kind', 'in', kinds)] : []),
        ...(query.isTakenHere
          ? [eb.and([eb('kind', 'in', transitionKinds), eb('how', '=', 'lockdesk'), eb('outcome', '=', 'taken')])]
          : []),
      ]),
    )
  if (concerning)
    found = found.where(eb =>
      eb.or([
        eb('actor_id', '=', concerning.personId),
        // Attempts and denials of others are not theirs to read, not even of a draft that they hold.
        eb.and([
          eb('kind', 'in', openKinds),
          eb.or([eb('from_claim', '=', concerning.personId), eb('to_claim', '=', concerning.personId)]),
        ]),
      ]),
    )
  return found.execute()
}

export async function readNames(database: Database, personIds: Iterable<string>): Promise<Map<string, string>> {
  const ids = [...new Set(personIds)]
  if (ids.length === 0) return new Map()
  const rows = await database.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

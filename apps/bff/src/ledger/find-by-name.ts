import type { DraftRef } from '@lockdesk/contract'
import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { nameKey } from './name-key.ts'
import type { Scope } from './scope.ts'
import { withinScope } from './within-scope.ts'

/** So many drafts of one name are looked for at most. */
export const mostNamesakes = 200

/** Ids of people that a text may mean: itself, and those of that name. */
export async function findPersons(database: Database, text: string): Promise<string[]> {
  const people = await database.selectFrom('people').select(['id', 'name']).execute()
  const key = nameKey(text)
  return distinct([text, ...people.filter(({ name }) => nameKey(name) === key).map(({ id }) => id)])
}

/** Ids of holders that a text may mean: itself, and those that ever went by that name. */
export async function findHolderIds(database: Database, text: string): Promise<string[]> {
  const rows = await database
    .selectFrom('holder_names')
    .select('holder_id')
    .where('name_key', '=', nameKey(text))
    .execute()
  return distinct([text, ...rows.map(row => row.holder_id)])
}

/** Drafts that a text may mean, by id or by the name they have today. At most {@link mostNamesakes} and one. */
export async function findDrafts(database: Database, scope: Scope, text: string): Promise<DraftRef[]> {
  if (scope.length === 0) return []
  const named = await database
    .selectFrom('drafts')
    .select(['workspace', 'namespace', 'draft_id'])
    .where('name', '=', text)
    .where(withinScope(scope))
    .limit(mostNamesakes + 1)
    .execute()
  const addresses = sql.join(scope.map(ref => sql`(${ref.workspace}, ${ref.namespace}, ${text})`))
  const byId = await database
    .selectFrom('drafts')
    .select(['workspace', 'namespace', 'draft_id'])
    .where(sql<boolean>`(workspace, namespace, draft_id) in (values ${addresses})`)
    .limit(mostNamesakes + 1)
    .execute()
  const refs = [...byId, ...named].map(row => JSON.stringify([row.workspace, row.namespace, row.draft_id]))
  return distinct(refs).map(key => {
    const [workspace = '', namespace = '', draftId = ''] = JSON.parse(key) as string[]
    return { workspace, namespace, draftId }
  })
}

const distinct = <Item>(items: readonly Item[]): Item[] => [...new Set(items)]

import type { DraftRef } from '@lockdesk/contract'
import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { draftKey } from './fold-holds.ts'

/** Names of drafts as they are today, by `draftKey`; drafts that nobody knows are absent. */
export async function readDraftNames(database: Database, refs: readonly DraftRef[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  const most = 1_000 // a statement takes about 32,000 values
  for (let from = 0; from < refs.length; from += most) {
    const addresses = refs
      .slice(from, from + most)
      .map(({ workspace, namespace, draftId }) => sql`(${workspace}, ${namespace}, ${draftId})`)
    const rows = await database
      .selectFrom('drafts')
      .select(['workspace', 'namespace', 'draft_id', 'name'])
      .where(sql<boolean>`(workspace, namespace, draft_id) in (values ${sql.join(addresses)})`)
      .execute()
    for (const row of rows) names.set(draftKey(row), row.name)
  }
  return names
}

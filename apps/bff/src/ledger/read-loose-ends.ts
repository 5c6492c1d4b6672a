import type { NamespaceRef } from '@lockdesk/contract'
import type { Database } from '../database/schema.ts'

/** What the next sweep of a namespace has to look at more closely than at the rest. */
export interface LooseEnds {
  /** Drafts that the last complete sweep lacked, which are not believed to be gone yet. */
  missing: readonly string[]
  /** A list of the namespace has carried a lock before. */
  listsCarryLocks: boolean
}

export async function readLooseEnds(database: Database, ref: NamespaceRef): Promise<LooseEnds> {
  const missing = await database
    .selectFrom('drafts')
    .select('draft_id')
    .where('workspace', '=', ref.workspace)
    .where('namespace', '=', ref.namespace)
    .where('missing_since', 'is not', null)
    .where('deleted_at', 'is', null)
    .execute()
  const namespace = await database
    .selectFrom('namespaces')
    .select('list_carries_lock')
    .where('workspace', '=', ref.workspace)
    .where('namespace', '=', ref.namespace)
    .executeTakeFirst()
  return { missing: missing.map(row => row.draft_id), listsCarryLocks: namespace?.list_carries_lock === 1 }
}

/** Ids of the drafts of a namespace that are held, as far as is known. */
export async function readHeld(database: Database, ref: NamespaceRef): Promise<string[]> {
  const rows = await database
    .selectFrom('drafts')
    .select('draft_id')
    .where('workspace', '=', ref.workspace)
    .where('namespace', '=', ref.namespace)
    .where('holder_id', 'is not', null)
    .where('deleted_at', 'is', null)
    .execute()
  return rows.map(row => row.draft_id)
}

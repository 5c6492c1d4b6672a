import type { DraftRef, NamespaceRef } from '@lockdesk/contract'
import type { Selectable } from 'kysely'
import type { NamespaceTable } from '../database/ledger-tables.ts'
import type { Database, Tx } from '../database/schema.ts'
import type { DraftRow, IntentRow } from './draft-row.ts'
import { gapBetween } from './how-known.ts'

export type NamespaceRow = Selectable<NamespaceTable>

/** The row of a namespace, made where it is seen for the first time. */
export async function namespaceRow(tx: Tx, { workspace, namespace }: NamespaceRef): Promise<NamespaceRow> {
  const fresh: NamespaceRow = {
    workspace,
    namespace,
    swept_at: null,
    pace_ms: null,
    is_complete: 0,
    list_carries_lock: 0,
    revision: 0,
    folders: '{}',
    error: null,
    error_cause: null,
    error_request_id: null,
    error_at: null,
  }
  await tx
    .insertInto('namespaces')
    .values(fresh)
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return tx
    .selectFrom('namespaces')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('namespace', '=', namespace)
    .executeTakeFirstOrThrow()
}

/** The newest gaps of a namespace, and the one that is still open at `at` if there is one. */
export async function recentGaps(tx: Tx, row: NamespaceRow, at: number): Promise<{ after: number; by: number }[]> {
  const written = await tx
    .selectFrom('entries')
    .select(['at_after', 'at_by'])
    .where('workspace', '=', row.workspace)
    .where('namespace', '=', row.namespace)
    .where('kind', '=', 'gap')
    .orderBy('number', 'desc')
    .limit(20)
    .execute()
  const gaps = written.map(gap => ({ after: gap.at_after ?? 0, by: gap.at_by }))
  const open = gapBetween({ sweptAt: row.swept_at, paceMs: row.pace_ms }, at)
  return open ? [open, ...gaps] : gaps
}

/**
 * One draft's row and its intents without an end; null where the draft was never seen.
 * @param database or a transaction of it
 */
export async function draftRow(
  database: Database,
  ref: DraftRef,
): Promise<{ row: DraftRow | null; intents: IntentRow[] }> {
  const row = await database
    .selectFrom('drafts')
    .selectAll()
    .where('workspace', '=', ref.workspace)
    .where('namespace', '=', ref.namespace)
    .where('draft_id', '=', ref.draftId)
    .executeTakeFirst()
  const intents = await database
    .selectFrom('intents')
    .selectAll()
    .where('workspace', '=', ref.workspace)
    .where('namespace', '=', ref.namespace)
    .where('draft_id', '=', ref.draftId)
    .orderBy('number')
    .execute()
  return { row: row ?? null, intents }
}

import type { NamespaceRef } from '@lockdesk/contract'
import type { UpstreamDraft } from '@lockdesk/flink-client'
import type { Tx } from '../database/schema.ts'
import type { DraftRow, IntentRow } from './draft-row.ts'

/** What is known of a namespace's drafts: their rows, and those of which an intent is open. */
export interface KnownDrafts {
  rows: ReadonlyMap<string, DraftRow>
  intents: ReadonlyMap<string, IntentRow[]>
  /** Whether this very object was taken in before, and nothing has been written about its draft since. */
  isTakenIn(draft: UpstreamDraft): boolean
}

/**
 * The rows of each namespace as the last sweep left them, so that the next one reads from the store only those that were written since,
 * by whomever. A copy and no more: it may be forgotten at any time.
 */
export interface SweepMemory {
  /** Brings what is remembered up to the store, in the transaction that will write. */
  recall(tx: Tx, namespace: NamespaceRef, now: number): Promise<KnownDrafts>
  /** These were taken in, and changed nothing that is not in the store. */
  remember(namespace: NamespaceRef, drafts: Iterable<UpstreamDraft>): void
  /** The transaction failed: what was read in it may not be so. */
  forget(namespace: NamespaceRef): void
}

interface Remembered {
  /** Every row written before this time is among them. */
  at: number
  rows: Map<string, DraftRow>
  takenIn: Map<string, UpstreamDraft>
}

export function createSweepMemory(): SweepMemory {
  const namespaces = new Map<string, Remembered>()
  const keyOf = ({ workspace, namespace }: NamespaceRef) => JSON.stringify([workspace, namespace])

  async function changedSince(tx: Tx, ref: NamespaceRef, since: number | null): Promise<DraftRow[]> {
    const all = tx
      .selectFrom('drafts')
      .selectAll()
      .where('workspace', '=', ref.workspace)
      .where('namespace', '=', ref.namespace)
    // Of the same millisecond some may have been written after the last look: they are read again.
    return (since === null ? all : all.where('touched', '>=', since)).execute()
  }

  return {
    async recall(tx, ref, now) {
      const known = namespaces.get(keyOf(ref)) ?? { at: 0, rows: new Map(), takenIn: new Map() }
      const changed = await changedSince(tx, ref, namespaces.has(keyOf(ref)) ? known.at : null)
      for (const row of changed) {
        known.rows.set(row.draft_id, row)
        known.takenIn.delete(row.draft_id)
      }
      known.at = now
      namespaces.set(keyOf(ref), known)
      const open = await tx
        .selectFrom('intents')
        .selectAll()
        .where('workspace', '=', ref.workspace)
        .where('namespace', '=', ref.namespace)
        .orderBy('number')
        .execute()
      const intents = Map.groupBy(open, intent => intent.draft_id)
      return {
        rows: known.rows,
        intents,
        isTakenIn: draft => known.takenIn.get(draft.draftId) === draft && !intents.has(draft.draftId),
      }
    },
    remember(ref, drafts) {
      const known = namespaces.get(keyOf(ref))
      for (const draft of drafts) known?.takenIn.set(draft.draftId, draft)
    },
    forget: ref => void namespaces.delete(keyOf(ref)),
  }
}

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

const pageSize = 500
/** Where more was written than this, the namespace is walked through by its key. */
const mostWritten = 10 * pageSize

interface Remembered {
  /** Every row written before this time is among them. */
  at: number
  rows: Map<string, DraftRow>
  takenIn: Map<string, UpstreamDraft>
}

export function createSweepMemory(): SweepMemory {
  const namespaces = new Map<string, Remembered>()
  const keyOf = ({ workspace, namespace }: NamespaceRef) => JSON.stringify([workspace, namespace])

  const rowsOf = (tx: Tx, ref: NamespaceRef) =>
    tx.selectFrom('drafts').where('workspace', '=', ref.workspace).where('namespace', '=', ref.namespace)

  async function* changedSince(tx: Tx, ref: NamespaceRef, since: number | null): AsyncGenerator<DraftRow[]> {
    if (since === null) return yield* everyRow(tx, ref)
    // Of the same millisecond some may have been written after the last look: they are read again.
    const written = rowsOf(tx, ref).where('touched', '>=', since)
    const { count } = await written.select(eb => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
    if (Number(count) > mostWritten) return yield* everyRow(tx, ref)
    const inOrder = written.selectAll().orderBy('touched').orderBy('draft_id').limit(pageSize)
    for (let read = 0; read < Number(count); read += pageSize) yield await inOrder.offset(read).execute()
  }

  /** By their key, so many at a time: they are unpacked on the event loop. */
  async function* everyRow(tx: Tx, ref: NamespaceRef): AsyncGenerator<DraftRow[]> {
    for (let after: string | null = null; ;) {
      const ahead = rowsOf(tx, ref).selectAll().orderBy('draft_id').limit(pageSize)
      const page: DraftRow[] = await (after === null ? ahead : ahead.where('draft_id', '>', after)).execute()
      yield page
      const last = page.at(-1)
      if (last === undefined || page.length < pageSize) return
      after = last.draft_id
    }
  }

  return {
    async recall(tx, ref, now) {
      const known = namespaces.get(keyOf(ref)) ?? { at: 0, rows: new Map(), takenIn: new Map() }
      for await (const page of changedSince(tx, ref, namespaces.has(keyOf(ref)) ? known.at : null))
        for (const row of page) {
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

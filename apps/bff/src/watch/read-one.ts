import type { NamespaceRef } from '@lockdesk/contract'
import { type DraftReader, DraftNotFound, Forbidden, UpstreamError } from '@lockdesk/flink-client'
import type { Ledger, Reading } from '../ledger/ledger.ts'

/** What a direct look at one draft came to. */
export type Look =
  | { kind: 'there'; reading: Reading }
  /** The cloud says there is none. By itself this proves no absence: it may say so of what it does not want to show. */
  | { kind: 'none' }
  /** The credential may list drafts, and not read one. */
  | { kind: 'forbidden' }
  | { kind: 'unknown'; error: UpstreamError }

/** What direct looks are made with. */
export interface Looking {
  namespace: NamespaceRef
  /** Can look, and nothing else. */
  reader: Pick<DraftReader, 'readDraft'>
  ledger: Pick<Ledger, 'head'>
  now(): number
  signal: AbortSignal
}

/**
 * Reads one draft, from the budget of the sweeps.
 * @throws the signal's reason when it is aborted
 */
export async function readOne({ namespace, reader, ledger, now, signal }: Looking, draftId: string): Promise<Look> {
  // As before a page: what is written from here on is newer than what is shown.
  const before = { head: await ledger.head(), sentAt: now() }
  try {
    const draft = await reader.readDraft(namespace.namespace, draftId, { purpose: 'sweep', signal })
    return { kind: 'there', reading: { draft, ...before, arrivedAt: now() } }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof DraftNotFound) return { kind: 'none' }
    if (error instanceof Forbidden) return { kind: 'forbidden' }
    if (error instanceof UpstreamError) return { kind: 'unknown', error }
    throw error
  }
}

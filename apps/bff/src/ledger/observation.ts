import type { NamespaceRef, ReadingFault } from '@lockdesk/contract'
import type { UpstreamDraft } from '@lockdesk/flink-client'

/** One draft as one answer of the cloud showed it, with what is needed to tell old news from new. */
export interface Reading {
  draft: UpstreamDraft
  /** The ledger's head before the request was sent: what was written later is newer than this reading. */
  head: number
  sentAt: number
  arrivedAt: number
}

/** One reading of a whole namespace, or of as many of its pages as could be read. */
export interface SweepObservation {
  namespace: NamespaceRef
  /** The head before the first request. */
  head: number
  /** When the first request was sent. */
  startedAt: number
  finishedAt: number
  /** In the order in which they arrived; a draft may occur twice, and the one sent later counts. */
  readings: readonly Reading[]
  /** Every page was read and together they are the whole list. Only then does absence mean anything. */
  isComplete: boolean
  /** Absent from a whole list, and not believed to be gone: these stay suspects. */
  doubted?: ReadonlySet<string>
  /**
   * The list is known not to tell who holds what: it shows what drafts there are, and its silence about locks is nothing. Such a sweep vouches for
   * no lock, so the namespace's last complete one stays the one before.
   */
  isMute?: boolean
  /** The pause planned until the next sweep of this namespace. */
  paceMs: number
  /** Folders read on the way, if any. */
  folders?: Record<string, { name: string; parentId: string | null }>
  /** Why the sweep is incomplete: a sentence, its kind, and the cloud's request id. */
  error?: { title: string; cause: ReadingFault; requestId: string | null }
}

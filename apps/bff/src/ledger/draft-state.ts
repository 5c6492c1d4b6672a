import type { DraftRef, Known, ReadingFault } from '@lockdesk/contract'

/** Whom the cloud names, in its own spelling. Compared by id, never by name. */
export interface CloudHolder {
  id: string
  name: string
}

/** Epoch milliseconds: the change happened after `after` and not later than `by`. */
export interface TimeInterval {
  after: number | null
  by: number
}

/** Which person stands behind a holder that several people share. */
export interface ClaimState {
  personId: string
  at: number
  reason: string | null
  onBehalfOf: string | null
}

export interface LockState {
  holder: CloudHolder
  lockId: string | null
  since: TimeInterval
  known: Known
  claim: ClaimState | null
}

/** A take whose end is not known: nobody behind the same identity may take the draft until it is settled. */
export interface PendingTake {
  intentId: string
  /** Whose take it is: a person's id, and for whom. */
  actorId: string
  onBehalfOf: string | null
  openedAt: number
  identityIds: readonly string[]
  /** False while the take is still under way in this process. */
  isPending: boolean
}

/** What the ledger knows of one draft now. */
export interface DraftState {
  ref: DraftRef
  name: string
  folderId: string | null
  kind: string | null
  engineVersion: string | null
  labels: Record<string, string>
  modifiedAt: number | null
  modifierName: string | null
  deletedAt: number | null
  lock: LockState | null
  /** The draft's intents without an end. */
  intents: readonly PendingTake[]
}

/** What is known of one namespace ever watched. */
export interface NamespaceState {
  workspace: string
  namespace: string
  /** When the last complete sweep sent its first request; null: there was none. */
  sweptAt: number | null
  paceMs: number | null
  isComplete: boolean
  /** Rises with every sweep that found drafts added, gone or described anew; a later save alone does not count. */
  revision: number
  folders: Record<string, { name: string; parentId: string | null }>
  error: { title: string; cause: ReadingFault | null; requestId: string | null; at: number } | null
}

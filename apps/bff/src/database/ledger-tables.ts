import type { EventKind, Known, ReadingFault } from '@lockdesk/contract'

/** Which ledger this is: cursors carry its id, so that those of another ledger are told apart. One row. */
export interface LedgerTable {
  ledger_id: string
  created_at: number
}

/** The entries: append-only, gapless in commit order, each chained to the one before. Written by `ledger/` alone. */
export interface EntryTable {
  number: number
  id: string
  kind: EventKind
  how: 'observed' | 'lockdesk'
  known: Known | null
  workspace: string
  namespace: string
  /** Null for a gap. */
  draft_id: string | null
  draft_name: string
  /** A holder is whom the cloud named: id and name as it spelled them then. */
  from_id: string | null
  from_name: string | null
  to_id: string | null
  to_name: string | null
  /** Whose claim stood before and stands after the entry, where a person stands behind a shared holder: a person's id. */
  from_claim: string | null
  to_claim: string | null
  /** When the claim that stands after the entry was made, and for whom. */
  claim_at: number | null
  claim_on_behalf_of: string | null
  at_after: number | null
  at_by: number
  recorded_at: number
  /** Who acted in Lockdesk: a person's id. The name is kept in `people`, never here. */
  actor_id: string | null
  token: string | null
  reason: string | null
  outcome: string | null
  /** The id of the intent's entry. */
  intent_id: string | null
  request_id: string | null
  /** The holder id of the cloud identity that signed. */
  identity: string | null
  count: number | null
  prev: string
  hash: string
}

/** What is known now of each draft: one row a draft, written in the transaction of the entry that changed it. */
export interface DraftTable {
  workspace: string
  namespace: string
  draft_id: string
  name: string
  folder_id: string | null
  kind: string | null
  engine_version: string | null
  labels: string
  modified_at: number | null
  modifier_name: string | null
  deleted_at: number | null
  /** Start of the first complete sweep that lacked it; two delete it. */
  missing_since: number | null
  /** Sent time of a reading newer than what the namespace's last complete sweep vouches for (a direct read, a take, a page of an incomplete sweep). */
  read_at: number | null
  /** Sent time of the last reading that counted, where later sweeps had to leave this draft alone; null: the namespace's last complete sweep counts. */
  left_since: number | null
  holder_id: string | null
  holder_name: string | null
  lock_id: string | null
  /** 1: the hold was shown by a direct read or a take, not by a list. */
  held_by_read: number
  since_after: number | null
  since_by: number | null
  known: Known | null
  claim_person: string | null
  claim_at: number | null
  claim_reason: string | null
  claim_on_behalf_of: string | null
  claim_lock_id: string | null
  /** Until when readings that show one of `echo_holders` are late news of the time before a take that only the answer confirmed. */
  echo_until: number | null
  /** JSON list of holder ids, null in it for free. */
  echo_holders: string | null
  /** Number of the last transition or intent. */
  last_number: number
  /** Time of the transaction that wrote the row last. */
  touched: number | null
}

/** Intents without an end yet. A row goes when its closing entry is written. */
export interface IntentTable {
  /** The id of the intent's entry. */
  id: string
  number: number
  workspace: string
  namespace: string
  draft_id: string
  actor_id: string
  token: string | null
  /** Ids of the cloud identity that signs, JSON list; the first is the one it was told by. */
  identity_ids: string
  reason: string | null
  on_behalf_of: string | null
  /** When getLock is sent at the earliest. */
  opened_at: number
  /** No answer can come after this: `opened_at` and the call's time limit. */
  deadline: number
  /** 1: the take ended `unknown`; its entry is not written yet, a reading settles it. */
  is_pending: number
  /** The request id of an answer that decided nothing. */
  request_id: string | null
  /** Whose take it is: the process that will write its end. */
  process: string | null
}

/** One row per namespace ever watched. */
export interface NamespaceTable {
  workspace: string
  namespace: string
  /** When the last complete sweep sent its first request. */
  swept_at: number | null
  /** Planned milliseconds between two sweeps, as of the end of the last complete one. */
  pace_ms: number | null
  /** 1: the latest sweep read every page. */
  is_complete: number
  /** 1: a list item has carried a lock once, so that its absence means something. */
  list_carries_lock: number
  /** Rises with every sweep that found drafts added, gone or described anew; a later save alone does not count. */
  revision: number
  /** The folders' names and parents as JSON, `{ id: { name, parentId } }`. */
  folders: string
  error: string | null
  /** A contract `ReadingFault`. */
  error_cause: ReadingFault | null
  error_request_id: string | null
  error_at: number | null
}

export interface LedgerTables {
  ledger: LedgerTable
  entries: EntryTable
  drafts: DraftTable
  intents: IntentTable
  namespaces: NamespaceTable
}

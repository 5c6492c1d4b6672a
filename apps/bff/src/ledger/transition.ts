import type { Known } from '@lockdesk/contract'
import type { UpstreamDraft, UpstreamLock } from '@lockdesk/flink-client'
import type { NewEntry } from './append-entries.ts'
import { type DraftRow, type IntentRow, type LockColumns, describe, free, noClaim } from './draft-row.ts'
import type { TimeInterval } from './draft-state.ts'

/** An entry and what the draft's row becomes with it; the row's `last_number` follows when the entry has its number. */
export interface Change {
  entry: NewEntry
  row: DraftRow
}

/** What every entry of a draft says of it: its address and name, and that the holder stays. */
export function about(row: DraftRow): Omit<NewEntry, 'kind' | 'how' | 'at_after' | 'at_by'> {
  return {
    workspace: row.workspace,
    namespace: row.namespace,
    draft_id: row.draft_id,
    draft_name: row.name,
    from_id: row.holder_id,
    from_name: row.holder_name,
    to_id: row.holder_id,
    to_name: row.holder_name,
    from_claim: row.claim_person,
    to_claim: row.claim_person,
    claim_at: row.claim_at,
    claim_on_behalf_of: row.claim_on_behalf_of,
  }
}

const unclaimed = { to_claim: null, claim_at: null, claim_on_behalf_of: null }

/** A reading showed another holder than the known one, or none. */
export function observedTransition(
  row: DraftRow,
  draft: UpstreamDraft,
  at: TimeInterval,
  known: Known,
  source: 'read' | 'list',
): Change {
  const { lock } = draft
  const named = { ...row, ...describe(draft) }
  return {
    entry: {
      ...about(named),
      ...unclaimed,
      kind: lock === null ? 'freed' : row.holder_id === null ? 'held' : 'changed',
      how: 'observed',
      known,
      to_id: lock?.holderId ?? null,
      to_name: lock?.holderName ?? null,
      at_after: at.after,
      at_by: at.by,
    },
    row: { ...named, ...(lock === null ? free : heldSince(lock, at, known, source === 'read')) },
  }
}

/** The same holder with another lock: whoever stood behind it does so no more. */
export function endedClaim(row: DraftRow, draft: UpstreamDraft, at: TimeInterval, known: Known): Change {
  const named = { ...row, ...describe(draft) }
  return {
    entry: {
      ...about(named),
      ...unclaimed,
      kind: 'changed',
      how: 'observed',
      known,
      at_after: at.after,
      at_by: at.by,
    },
    row: {
      ...named,
      ...noClaim,
      lock_id: draft.lock?.id ?? null,
      since_after: at.after,
      since_by: at.by,
      known,
    },
  }
}

/** A take of ours got the lock: known exactly, with the person behind it. */
export function takenTransition(
  row: DraftRow,
  lock: UpstreamLock,
  intent: IntentRow,
  taken: { at: { after: number; by: number }; outcome: string; requestId: string | null },
): Change {
  return {
    entry: {
      ...about(row),
      kind: row.holder_id === null ? 'held' : 'changed',
      how: 'lockdesk',
      known: 'exact',
      to_id: lock.holderId,
      to_name: lock.holderName,
      to_claim: intent.actor_id,
      claim_at: taken.at.by,
      claim_on_behalf_of: intent.on_behalf_of,
      at_after: taken.at.after,
      at_by: taken.at.by,
      actor_id: intent.actor_id,
      token: intent.token,
      reason: intent.reason,
      outcome: taken.outcome,
      intent_id: intent.id,
      request_id: taken.requestId,
      identity: lock.holderId,
    },
    row: {
      ...row,
      ...heldSince(lock, taken.at, 'exact', true),
      claim_person: intent.actor_id,
      claim_at: taken.at.by,
      claim_reason: intent.reason,
      claim_on_behalf_of: intent.on_behalf_of,
      claim_lock_id: lock.id,
    },
  }
}

/** An intent that is settled, or ended, without a transition. */
export function endedAttempt(
  row: DraftRow,
  intent: IntentRow,
  ended: { outcome: string; at: { after: number; by: number }; requestId: string | null; before?: DraftRow },
): NewEntry {
  const before = ended.before ?? row
  return {
    ...about(row),
    from_id: before.holder_id,
    from_name: before.holder_name,
    from_claim: before.claim_person,
    kind: 'attempt',
    how: 'lockdesk',
    at_after: ended.at.after,
    at_by: ended.at.by,
    actor_id: intent.actor_id,
    token: intent.token,
    reason: intent.reason,
    outcome: ended.outcome,
    intent_id: intent.id,
    request_id: ended.requestId,
    identity: (JSON.parse(intent.identity_ids) as string[])[0] ?? null,
  }
}

/** In two complete sweeps the draft was not there. */
export function deletion(row: DraftRow, at: TimeInterval, known: Known): Change {
  return {
    entry: {
      ...about(row),
      ...unclaimed,
      kind: 'deleted',
      how: 'observed',
      known,
      to_id: null,
      to_name: null,
      at_after: at.after,
      at_by: at.by,
    },
    row: { ...row, ...free, deleted_at: at.by },
  }
}

function heldSince(lock: UpstreamLock, at: TimeInterval, known: Known, isByRead: boolean): LockColumns {
  return {
    ...free,
    holder_id: lock.holderId,
    holder_name: lock.holderName,
    lock_id: lock.id,
    held_by_read: isByRead ? 1 : 0,
    since_after: at.after,
    since_by: at.by,
    known,
  }
}

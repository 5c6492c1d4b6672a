import type { UpstreamDraft } from '@lockdesk/flink-client'
import type { Insertable, Selectable } from 'kysely'
import type { DraftTable, IntentTable } from '../database/ledger-tables.ts'
import type { ClaimState, DraftState, LockState, PendingTake } from './draft-state.ts'
import type { KnownDraft, KnownIntent } from './judge-reading.ts'

export type DraftRow = Selectable<DraftTable>
export type IntentRow = Selectable<IntentTable>

/** The part of a row that says who holds the draft. */
export type LockColumns = Pick<
  DraftRow,
  | 'holder_id'
  | 'holder_name'
  | 'lock_id'
  | 'held_by_read'
  | 'since_after'
  | 'since_by'
  | 'known'
  | 'claim_person'
  | 'claim_at'
  | 'claim_reason'
  | 'claim_on_behalf_of'
  | 'claim_lock_id'
  | 'echo_until'
  | 'echo_holders'
>

export const noClaim = {
  claim_person: null,
  claim_at: null,
  claim_reason: null,
  claim_on_behalf_of: null,
  claim_lock_id: null,
} satisfies Partial<LockColumns>

export const free: LockColumns = {
  holder_id: null,
  holder_name: null,
  lock_id: null,
  held_by_read: 0,
  since_after: null,
  since_by: null,
  known: null,
  ...noClaim,
  echo_until: null,
  echo_holders: null,
}

/** The part of a row that is the draft's own: what the cloud says of it beside its lock. */
export function describe(draft: UpstreamDraft) {
  return {
    name: draft.name,
    folder_id: draft.parentId,
    kind: draft.kind,
    engine_version: draft.engineVersion,
    labels: JSON.stringify(draft.labels),
    modified_at: draft.modifiedAt,
    modifier_name: draft.modifierName,
  } satisfies Partial<DraftRow>
}

/** Of what {@link describe} fills, what makes the board another one. A later save alone does not: somebody saves all the time. */
export const descriptive = [
  'name',
  'folder_id',
  'kind',
  'engine_version',
  'labels',
] as const satisfies readonly (keyof ReturnType<typeof describe>)[]

/** A draft never seen before, free until its reading is judged. */
export function newRow(
  ref: { workspace: string; namespace: string },
  draft: UpstreamDraft,
): Insertable<DraftTable> & DraftRow {
  return {
    workspace: ref.workspace,
    namespace: ref.namespace,
    draft_id: draft.draftId,
    ...describe(draft),
    ...free,
    deleted_at: null,
    missing_since: null,
    read_at: null,
    left_since: null,
    last_number: 0,
    touched: null,
  }
}

export function intentOf(row: IntentRow): KnownIntent & { row: IntentRow } {
  return {
    id: row.id,
    number: row.number,
    identityIds: JSON.parse(row.identity_ids) as string[], // written by open-intent
    openedAt: row.opened_at,
    deadline: row.deadline,
    isPending: row.is_pending === 1,
    row,
  }
}

export function knownDraft<Intent extends KnownIntent>(row: DraftRow, intents: readonly Intent[]) {
  return {
    holder: row.holder_id === null ? null : { id: row.holder_id, name: row.holder_name ?? '' },
    claim: row.claim_person === null ? null : { lockId: row.claim_lock_id },
    isHeldByRead: row.held_by_read === 1,
    lastNumber: row.last_number,
    readAt: row.read_at,
    echo:
      row.echo_until === null
        ? null
        : { until: row.echo_until, holderIds: JSON.parse(row.echo_holders ?? '[]') as (string | null)[] },
    intents,
  } satisfies KnownDraft
}

/** The row as the other rooms are given it. */
export function draftState(row: DraftRow, intents: readonly IntentRow[]): DraftState {
  return {
    ref: { workspace: row.workspace, namespace: row.namespace, draftId: row.draft_id },
    name: row.name,
    folderId: row.folder_id,
    kind: row.kind,
    engineVersion: row.engine_version,
    labels: JSON.parse(row.labels) as Record<string, string>, // written by describe
    modifiedAt: row.modified_at,
    modifierName: row.modifier_name,
    deletedAt: row.deleted_at,
    lock: lockState(row),
    intents: pendingTakes(intents),
  }
}

/** Intents without an end, as the other rooms are given them. */
export function pendingTakes(intents: readonly IntentRow[]): PendingTake[] {
  return intents.map(intentOf).map(({ id, openedAt, identityIds, isPending, row }) => ({
    intentId: id,
    actorId: row.actor_id,
    onBehalfOf: row.on_behalf_of,
    openedAt,
    identityIds,
    isPending,
  }))
}

function lockState(row: DraftRow): LockState | null {
  if (row.holder_id === null || row.since_by === null || row.known === null) return null
  return {
    holder: { id: row.holder_id, name: row.holder_name ?? '' },
    lockId: row.lock_id,
    since: { after: row.since_after, by: row.since_by },
    known: row.known,
    claim: claimState(row),
  }
}

function claimState(row: DraftRow): ClaimState | null {
  if (row.claim_person === null || row.claim_at === null) return null
  return { personId: row.claim_person, at: row.claim_at, reason: row.claim_reason, onBehalfOf: row.claim_on_behalf_of }
}

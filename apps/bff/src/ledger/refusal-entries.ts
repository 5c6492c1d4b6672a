import type { Tx } from '../database/schema.ts'
import { appendEntries } from './append-entries.ts'
import type { Entry, Refusal } from './ledger.ts'
import { draftRow } from './surroundings.ts'
import { about } from './transition.ts'

/** A refusal of ours, or a take stopped before anything was sent: the holder stays. */
export async function appendRefusal(tx: Tx, refusal: Refusal, now: number): Promise<Entry[]> {
  const { row } = await draftRow(tx, refusal.ref)
  const { draftId, ...namespace } = refusal.ref
  const told = refusal.first && toldOfDraft(refusal.first)
  return appendEntries(
    tx,
    [
      {
        ...(told ?? (row ? about(row) : { ...namespace, draft_id: draftId })),
        kind: refusal.kind,
        how: 'lockdesk',
        actor_id: refusal.actor.personId,
        token: refusal.actor.token ?? null,
        reason: refusal.reason ?? null,
        outcome: refusal.outcome,
        count: refusal.count ?? null,
        at_after: refusal.at.after,
        at_by: refusal.at.by,
      },
    ],
    now,
  )
}

const toldOfDraft = (entry: Entry): ReturnType<typeof about> => ({
  workspace: entry.workspace,
  namespace: entry.namespace,
  draft_id: entry.draft_id,
  draft_name: entry.draft_name,
  from_id: entry.from_id,
  from_name: entry.from_name,
  to_id: entry.to_id,
  to_name: entry.to_name,
  from_claim: entry.from_claim,
  to_claim: entry.to_claim,
  claim_at: entry.claim_at,
  claim_on_behalf_of: entry.claim_on_behalf_of,
})

/** Somebody changed who may do what. It belongs to no namespace: `*` stands in the place of both names. */
export async function appendSetting(tx: Tx, text: string, actorId: string | null, now: number): Promise<Entry[]> {
  return appendEntries(
    tx,
    [
      {
        workspace: '*',
        namespace: '*',
        kind: 'setting',
        how: 'lockdesk',
        actor_id: actorId,
        reason: text,
        at_after: now,
        at_by: now,
      },
    ],
    now,
  )
}

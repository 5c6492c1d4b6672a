import { randomUUID } from 'node:crypto'
import type { DraftRef } from '@lockdesk/contract'
import type { Tx } from '../database/schema.ts'
import { type NewEntry, appendEntries } from './append-entries.ts'
import { type DraftRow, type IntentRow, draftState, intentOf } from './draft-row.ts'
import type { DraftState } from './draft-state.ts'
import { settleAfterMs } from './judge-reading.ts'
import {
  type Actor,
  DraftMoved,
  type Entry,
  type NewIntent,
  type OpenIntent,
  type ReadBack,
  type TakeEnd,
  TooManyTakes,
} from './ledger.ts'
import { type Taken, storeIntake } from './store-intake.ts'
import { draftRow, namespaceRow, recentGaps } from './surroundings.ts'
import { takeInReading } from './take-in-reading.ts'
import { waitForTake } from './takes-of-minute.ts'
import { type Change, about, endedAttempt, takenTransition } from './transition.ts'

/** @throws DraftMoved the holder, or the claim behind it, is another than `seen` */
function insistOn(seen: DraftState, row: DraftRow, intents: readonly IntentRow[]): void {
  const isSame =
    (seen.lock?.holder.id ?? null) === row.holder_id &&
    (seen.lock?.claim?.personId ?? null) === row.claim_person &&
    (seen.lock?.claim?.onBehalfOf ?? null) === row.claim_on_behalf_of
  if (!isSame) throw new DraftMoved(draftState(row, intents))
}

/**
 * Whoever was at work on the draft and lost its turn, having said nothing for too long, finds that another take has begun meanwhile.
 * @throws DraftMoved an intent is open that was not `seen`
 */
function insistOnIntents(seen: DraftState, row: DraftRow, intents: readonly IntentRow[]): void {
  const isNew = ({ id }: IntentRow) => !seen.intents.some(({ intentId }) => intentId === id)
  if (intents.some(isNew)) throw new DraftMoved(draftState(row, intents))
}

/** Thrown by a bug only: takes read the draft into the ledger before they write about it. */
class UnknownDraft extends Error {
  constructor(ref: DraftRef) {
    super(`the ledger does not know the draft ${ref.workspace}/${ref.namespace}/${ref.draftId}`)
    this.name = 'UnknownDraft'
  }
}

async function knownRow(tx: Tx, ref: DraftRef): Promise<{ row: DraftRow; intents: IntentRow[] }> {
  const { row, intents } = await draftRow(tx, ref)
  if (!row) throw new UnknownDraft(ref)
  return { row, intents }
}

const signedBy = (actor: Actor) => ({ actor_id: actor.personId, token: actor.token ?? null })

/** The intent's entry and its row among those without an end. */
export async function openIntent(
  tx: Tx,
  intent: NewIntent,
  processId: string,
  now: number,
): Promise<{ entries: Entry[]; open: OpenIntent }> {
  const { row, intents } = await knownRow(tx, intent.ref)
  insistOn(intent.before, row, intents)
  insistOnIntents(intent.before, row, intents)
  const waitMs = await waitForTake(tx, intent.actor.personId, intent.mostPerMinute ?? 0, now)
  if (waitMs > 0) throw new TooManyTakes(waitMs)
  const id = randomUUID()
  const entry: NewEntry = {
    ...about(row),
    ...signedBy(intent.actor),
    id,
    kind: 'intent',
    how: 'lockdesk',
    reason: intent.reason ?? null,
    identity: intent.identityIds[0] ?? null,
    at_after: now,
    at_by: now,
  }
  const entries = await storeIntake(
    tx,
    [{ before: row, row, entries: [{ entry, isTransition: true }], settled: [] }],
    now,
  )
  const number = entries[0]?.number ?? 0
  await tx
    .insertInto('intents')
    .values({
      id,
      number,
      workspace: row.workspace,
      namespace: row.namespace,
      draft_id: row.draft_id,
      actor_id: intent.actor.personId,
      token: intent.actor.token ?? null,
      identity_ids: JSON.stringify(intent.identityIds),
      reason: intent.reason ?? null,
      on_behalf_of: intent.actor.onBehalfOf ?? null,
      opened_at: now,
      deadline: now + intent.timeoutMs,
      is_pending: 0,
      request_id: null,
      process: processId,
    })
    .execute()
  return { entries, open: { ...intent, id, number, openedAt: now } }
}

/** How the intent ended: the transition, or an attempt, with what the read back showed. */
export async function closeIntent(
  tx: Tx,
  open: OpenIntent,
  end: TakeEnd,
  now: number,
): Promise<{ entries: Entry[]; closing: Entry; draft: DraftState }> {
  const { row: before, intents } = await knownRow(tx, open.ref)
  const intent = intents.find(({ id }) => id === open.id)
  if (!intent) return settledMeanwhile(tx, open)

  const at = { after: end.sentAt, by: end.decidedAt }
  const requestId = end.requestId ?? null
  if (end.outcome === 'unknown') {
    await tx.updateTable('intents').set({ is_pending: 1, request_id: requestId }).where('id', '=', intent.id).execute()
    const attempt = endedAttempt(before, intent, { outcome: 'unknown', at, requestId })
    const entries = await appendEntries(tx, [attempt], now)
    return closed(tx, open, entries, 0)
  }

  const got = end.got && gotLock(before, intent, end, end.got, at, requestId)
  const own: Taken['entries'] = got ? [{ entry: got.entry, isTransition: true }] : []
  const others = intents.filter(({ id }) => id !== intent.id)
  const shown = await readBackIntake(tx, open, got?.row ?? before, others, end, got !== undefined)
  const entries: Taken['entries'] = [...own, ...shown.entries]
  const outcome = end.readBack.kind === 'gone' ? 'draft-gone' : end.outcome
  if (!got)
    entries.push({ entry: endedAttempt(shown.row, intent, { outcome, at, requestId, before }), isTransition: false })
  const overtaken = got ? others.filter(other => isOvertakenBy(other, end) && !shown.settled.includes(other)) : []
  for (const other of overtaken)
    entries.push({
      entry: endedAttempt(shown.row, other, {
        outcome: 'unknown',
        at: { after: other.opened_at, by: end.decidedAt },
        requestId: other.request_id,
        before,
      }),
      isTransition: false,
    })
  const settled = [intent, ...shown.settled, ...overtaken]
  const written = await storeIntake(tx, [{ before, row: shown.row, entries, settled }], now)
  return closed(tx, open, written, got ? 0 : written.length - 1)
}

/** Of the same identity, and unanswered: it may have got the lock before it was freed and taken again, and nothing will ever tell. */
const isOvertakenBy = (other: IntentRow, { got }: TakeEnd): boolean =>
  got !== undefined && intentOf(other).identityIds.includes(got.holder.id)

function gotLock(
  before: DraftRow,
  intent: IntentRow,
  end: TakeEnd,
  got: NonNullable<TakeEnd['got']>,
  at: { after: number; by: number },
  requestId: string | null,
): Change {
  const lock = { id: got.lockId, holderId: got.holder.id, holderName: got.holder.name }
  const change = takenTransition(before, lock, intent, { at, outcome: end.outcome, requestId })
  const row = { ...change.row, read_at: end.sentAt }
  if (got.confirmedBy === 'read-back' || end.outcome !== 'taken') return { ...change, row }
  // Nor has anybody read the lock back: the first reading tells by which id the claim goes.
  // Only the answer vouches for it: reads that lag behind may show the time before for a while, and that is no news.
  const shown = end.readBack.kind === 'draft' ? [end.readBack.reading.draft.lock?.holderId ?? null] : []
  const earlier = [before.holder_id, ...shown]
  return {
    ...change,
    row: {
      ...row,
      claim_lock_id: null,
      echo_until: end.decidedAt + settleAfterMs,
      echo_holders: JSON.stringify(earlier),
    },
  }
}

/** What the read back shows beyond the take itself: a third holder, a draft that became free, or nothing new. */
async function readBackIntake(
  tx: Tx,
  open: OpenIntent,
  row: DraftRow,
  intents: readonly IntentRow[],
  end: TakeEnd,
  isAfterTaking: boolean,
): Promise<Pick<Taken, 'row' | 'entries' | 'settled'>> {
  const { readBack }: { readBack: ReadBack } = end
  const isEvidence = readBack.kind === 'draft' && !(isAfterTaking && end.outcome === 'taken')
  if (!isEvidence) return { row, entries: [], settled: [] }
  const namespace = await namespaceRow(tx, open.ref)
  return takeInReading(row, intents, readBack.reading, {
    namespace,
    gaps: await recentGaps(tx, namespace, readBack.reading.sentAt),
    source: 'read',
    listCarriesLock: namespace.list_carries_lock === 1,
  })
}

async function closed(tx: Tx, open: OpenIntent, entries: Entry[], closingAt: number) {
  const closing = entries[closingAt]
  if (!closing) throw new UnknownDraft(open.ref)
  const { row, intents } = await knownRow(tx, open.ref)
  return { entries, closing, draft: draftState(row, intents) }
}

/** A reading was quicker than the take's own end: it wrote the closing entry. */
async function settledMeanwhile(tx: Tx, open: OpenIntent) {
  const closing = await tx
    .selectFrom('entries')
    .selectAll()
    .where('intent_id', '=', open.id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const { row, intents } = await knownRow(tx, open.ref)
  return { entries: [], closing, draft: draftState(row, intents) }
}

/** The claim behind a shared holder goes to the actor. */
export async function moveClaim(
  tx: Tx,
  seen: DraftState,
  actor: Actor,
  given: { reason: string | undefined; readAt: number },
  now: number,
): Promise<{ entries: Entry[]; closing: Entry; draft: DraftState }> {
  const { row, intents } = await knownRow(tx, seen.ref)
  insistOn(seen, row, intents)
  const claim = {
    claim_person: actor.personId,
    claim_at: now,
    claim_reason: given.reason ?? null,
    claim_on_behalf_of: actor.onBehalfOf ?? null,
    claim_lock_id: row.lock_id,
  }
  const entry: NewEntry = {
    ...about({ ...row, ...claim }),
    from_claim: row.claim_person,
    ...signedBy(actor),
    kind: 'changed',
    how: 'lockdesk',
    known: 'exact',
    reason: given.reason ?? null,
    outcome: 'taken',
    identity: row.holder_id,
    at_after: given.readAt,
    at_by: now,
  }
  const after: DraftRow = { ...row, ...claim, since_after: given.readAt, since_by: now, known: 'exact' }
  return changeDraft(tx, row, after, entry, now)
}

/** Another reason for a claim. The hold goes on: its time does not change. */
export async function changeReason(
  tx: Tx,
  seen: DraftState,
  actor: Actor,
  reason: string,
  now: number,
): Promise<{ entries: Entry[]; closing: Entry; draft: DraftState }> {
  const { row, intents } = await knownRow(tx, seen.ref)
  insistOn(seen, row, intents)
  const text = reason === '' ? null : reason
  const entry: NewEntry = {
    ...about(row),
    ...signedBy(actor),
    kind: 'changed',
    how: 'lockdesk',
    known: 'exact',
    reason: text,
    at_after: now,
    at_by: now,
  }
  return changeDraft(tx, row, { ...row, claim_reason: text }, entry, now)
}

async function changeDraft(tx: Tx, before: DraftRow, row: DraftRow, entry: NewEntry, now: number) {
  const entries = await storeIntake(tx, [{ before, row, entries: [{ entry, isTransition: true }], settled: [] }], now)
  const closing = entries[0]
  if (!closing) throw new Error('an entry was appended and did not come back')
  const after = await knownRow(tx, { workspace: row.workspace, namespace: row.namespace, draftId: row.draft_id })
  return { entries, closing, draft: draftState(after.row, after.intents) }
}

import type { NamespaceRef } from '@lockdesk/contract'
import type { UpstreamDraft } from '@lockdesk/flink-client'
import type { Tx } from '../database/schema.ts'
import type { NewEntry } from './append-entries.ts'
import { type DraftRow, type IntentRow, descriptive, draftState, intentOf, knownDraft } from './draft-row.ts'
import type { DraftState } from './draft-state.ts'
import { gapBetween, knownOf } from './how-known.ts'
import { inSlices } from './in-slices.ts'
import { mayBelieveAbsence } from './judge-reading.ts'
import type { Entry } from './ledger.ts'
import type { Reading, SweepObservation } from './observation.ts'
import { type Taken, storeIntake } from './store-intake.ts'
import { recordSweep } from './sweep-hours.ts'
import { type NamespaceRow, draftRow, namespaceRow, recentGaps } from './surroundings.ts'
import type { SweepMemory } from './sweep-memory.ts'
import { type Intake, type Surroundings, lastVouchedFor, leftAlone, takeInReading } from './take-in-reading.ts'
import { deletion, endedAttempt } from './transition.ts'

/**
 * The one door for what the cloud showed: a sweep of a namespace, or a reading of one draft. State and entries are written in the
 * transaction it is given. An incomplete sweep proves presence, never absence.
 */
export async function observeSweep(
  tx: Tx,
  sweep: SweepObservation,
  recordedAt: number,
  memory: SweepMemory,
): Promise<Entry[]> {
  const namespace = await namespaceRow(tx, sweep.namespace)
  const known = await memory.recall(tx, sweep.namespace, recordedAt)
  const isMute = sweep.isMute === true
  const showsLock = namespace.list_carries_lock === 1 || sweep.readings.some(({ draft }) => draft.lock !== null)
  const listCarriesLock = showsLock && !isMute
  const vouches = sweep.isComplete && !isMute
  const surroundings: Surroundings = {
    namespace,
    gaps: await recentGaps(tx, namespace, sweep.startedAt),
    source: vouches ? 'sweep' : 'page',
    listCarriesLock,
    isMute,
  }
  const { readings, contradicted } = await latestOfEach(sweep.readings)
  const taken: Taken[] = []
  let isRedescribed = sweep.folders !== undefined
  const take = (one: Taken) => {
    taken.push(one)
    isRedescribed ||= isNewOrRedescribed(one)
  }
  const unchanged: UpstreamDraft[] = []
  for await (const slice of inSlices(readings.values()))
    for (const reading of slice) {
      const { draft } = reading
      // The same object as in the last sweep, of which nothing was written since: nothing can come of it.
      if (sweep.isComplete && known.isTakenIn(draft)) continue
      const row = known.rows.get(draft.draftId) ?? null
      const intake = takeInReading(row, known.intents.get(draft.draftId) ?? [], reading, surroundings)
      if (!changesNothing(row, intake)) take({ before: row, ...intake })
      else if (sweep.isComplete && saysTheSameAgain(intake, listCarriesLock)) unchanged.push(draft)
    }
  if (sweep.isComplete)
    for await (const slice of inSlices(known.rows))
      for (const [draftId, row] of slice)
        if (!readings.has(draftId) && !contradicted.has(draftId) && row.deleted_at === null)
          take(missing(row, known.intents.get(draftId) ?? [], sweep, surroundings))

  const gap = vouches ? gapEntry(namespace, sweep) : null
  const entries = await storeIntake(tx, taken, recordedAt, gap ? [gap] : [])
  await storeFreshness(tx, sweep, vouches, {
    ...(isMute && neverToldOfLocks(namespace) && { swept_at: null }),
    list_carries_lock: listCarriesLock ? 1 : 0,
    revision: namespace.revision + (isRedescribed ? 1 : 0),
  })
  await recordSweep(tx, { ...sweep, isComplete: vouches }, namespace)
  for await (const slice of inSlices(unchanged, 5_000)) memory.remember(sweep.namespace, slice)
  return entries
}

/** Lists that never told of a lock have never vouched for one. Those that are known to be mute since have not been counted. */
const neverToldOfLocks = (namespace: NamespaceRow) =>
  namespace.list_carries_lock === 0 && namespace.error_cause !== 'list-without-locks'

function changesNothing(before: DraftRow | null, { row, entries, settled }: Intake): boolean {
  if (before === null || entries.length > 0 || settled.length > 0) return false
  return Object.entries(row).every(([column, value]) => before[column as keyof DraftRow] === value)
}

/**
 * Whether the next reading that says what this one said will change nothing either, as this one did not: it was neither left alone, nor is it judged by a
 * time that passes, or by what lists of the namespace may still come to show.
 */
function saysTheSameAgain({ row }: Intake, listCarriesLock: boolean): boolean {
  return row.left_since === null && row.echo_until === null && (listCarriesLock || row.holder_id === null)
}

/** @returns the entries and the state in force afterwards, which is not the reading's where that is older than what is known */
export async function observeReading(
  tx: Tx,
  ref: NamespaceRef,
  reading: Reading,
  recordedAt: number,
): Promise<{ entries: Entry[]; draft: DraftState }> {
  const namespace = await namespaceRow(tx, ref)
  const draftRef = { ...ref, draftId: reading.draft.draftId }
  const { row: before, intents } = await draftRow(tx, draftRef)
  const intake = takeInReading(before, intents, reading, {
    namespace,
    gaps: await recentGaps(tx, namespace, reading.sentAt),
    source: 'read',
    listCarriesLock: namespace.list_carries_lock === 1,
  })
  const entries = await storeIntake(tx, [{ before, ...intake }], recordedAt)
  const after = await draftRow(tx, draftRef)
  return { entries, draft: draftState(after.row ?? intake.row, after.intents) }
}

/** A draft that a complete sweep lacked: the second one in a row deletes it, unless something newer is known. */
function missing(row: DraftRow, intents: readonly IntentRow[], sweep: SweepObservation, around: Surroundings): Taken {
  const unbelieved = { before: row, row: leftAlone(row, around), entries: [], settled: [] }
  const known = knownDraft(row, intents.map(intentOf))
  if (!mayBelieveAbsence(known, { head: sweep.head, sentAt: sweep.startedAt })) return unbelieved
  if (row.missing_since === null || sweep.doubted?.has(row.draft_id))
    return { ...unbelieved, row: { ...unbelieved.row, missing_since: row.missing_since ?? sweep.startedAt } }
  const at = { after: lastVouchedFor(row, around.namespace), by: sweep.finishedAt }
  const { entry, row: gone } = deletion(row, at, knownOf(at, around.gaps))
  return {
    before: row,
    row: { ...gone, left_since: null, missing_since: null },
    entries: [
      { entry, isTransition: true },
      ...intents.map(intent => ({ entry: notTaken(gone, row, intent, sweep.finishedAt), isTransition: false })),
    ],
    settled: [...intents],
  }
}

const notTaken = (row: DraftRow, before: DraftRow, intent: IntentRow, by: number): NewEntry =>
  endedAttempt(row, intent, {
    outcome: 'not-taken',
    at: { after: intent.opened_at, by },
    requestId: intent.request_id,
    before,
  })

/**
 * Of two readings of one draft in one sweep the one sent later counts. Of two in one answer that name different holders neither does: a torn list shows
 * the draft as it was, and as it is.
 */
async function latestOfEach(
  all: readonly Reading[],
): Promise<{ readings: Map<string, Reading>; contradicted: ReadonlySet<string> }> {
  const latest = new Map<string, Reading>()
  const contradicted = new Set<string>()
  for await (const slice of inSlices(all, 5_000))
    for (const reading of slice) {
      const { draftId, lock } = reading.draft
      const other = latest.get(draftId)
      if (other && other.sentAt > reading.sentAt) continue
      if (!other || other.sentAt < reading.sentAt) contradicted.delete(draftId)
      else if (other.draft.lock?.holderId !== lock?.holderId) contradicted.add(draftId)
      latest.set(draftId, reading)
    }
  for (const draftId of contradicted) latest.delete(draftId)
  return { readings: latest, contradicted }
}

function gapEntry(before: NamespaceRow, sweep: SweepObservation): NewEntry | null {
  const gap = gapBetween({ sweptAt: before.swept_at, paceMs: before.pace_ms }, sweep.startedAt)
  return gap && { ...sweep.namespace, kind: 'gap', how: 'observed', at_after: gap.after, at_by: gap.by }
}

/** What no entry tells of, and whoever shows the drafts must hear. */
function isNewOrRedescribed({ before, row }: Taken): boolean {
  if (before === null || before.deleted_at !== row.deleted_at) return true
  return descriptive.some(column => before[column] !== row[column])
}

async function storeFreshness(
  tx: Tx,
  sweep: SweepObservation,
  vouches: boolean,
  learnt: Pick<NamespaceRow, 'list_carries_lock' | 'revision'> & { swept_at?: null },
): Promise<void> {
  const vouched = vouches ? { swept_at: sweep.startedAt, pace_ms: sweep.paceMs } : {}
  await tx
    .updateTable('namespaces')
    .set({
      ...vouched,
      is_complete: vouches ? 1 : 0,
      ...learnt,
      ...(sweep.folders && { folders: JSON.stringify(sweep.folders) }),
      error: sweep.error?.title ?? null,
      error_cause: sweep.error?.cause ?? null,
      error_request_id: sweep.error?.requestId ?? null,
      error_at: sweep.error ? sweep.finishedAt : null,
    })
    .where('workspace', '=', sweep.namespace.workspace)
    .where('namespace', '=', sweep.namespace.namespace)
    .execute()
}

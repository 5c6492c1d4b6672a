import type { NamespaceTable } from '../database/ledger-tables.ts'
import type { NewEntry } from './append-entries.ts'
import { type DraftRow, type IntentRow, describe, intentOf, knownDraft, newRow } from './draft-row.ts'
import type { TimeInterval } from './draft-state.ts'
import { knownOf } from './how-known.ts'
import { type Judgement, type KnownIntent, judgeReading } from './judge-reading.ts'
import type { Reading } from './observation.ts'
import { type Change, endedAttempt, endedClaim, observedTransition, takenTransition } from './transition.ts'

/** What is known of the namespace around a reading. */
export interface Surroundings {
  namespace: Pick<NamespaceTable, 'workspace' | 'namespace' | 'swept_at' | 'pace_ms'>
  /** Gaps that may lie in the interval of a transition, with the one that is still open. */
  gaps: readonly { after: number; by: number }[]
  /** `page`: of an incomplete sweep, so that the namespace's own time does not vouch for the reading. */
  source: 'read' | 'page' | 'sweep'
  /** A list of this namespace has carried a lock before, or does now. */
  listCarriesLock: boolean
  /** Lists of this namespace are known not to tell of locks. */
  isMute?: boolean
}

/** What one reading changes. */
export interface Intake {
  row: DraftRow
  /** In order. A transition moves the row's `last_number`. */
  entries: { entry: NewEntry; isTransition: boolean }[]
  /** Intents that have their end now. */
  settled: IntentRow[]
}

/**
 * Takes one reading of a draft in. Pure: what is known and the reading go in, the entries and the new row come out.
 * @param before the row, or null for a draft never seen before
 */
export function takeInReading(
  before: DraftRow | null,
  intents: readonly IntentRow[],
  reading: Reading,
  surroundings: Surroundings,
): Intake {
  const { draft, head, sentAt, arrivedAt } = reading
  const { source } = surroundings
  const row = before ?? newRow(surroundings.namespace, draft)
  const judgement = judgeReading(knownDraft(row, intents.map(intentOf)), {
    lock: draft.lock,
    head,
    sentAt,
    source: source === 'read' ? 'read' : listKind(surroundings),
  })
  if (judgement.kind === 'leave') return { row: leftAlone(row, surroundings), entries: [], settled: [] }
  if (judgement.kind === 'presence') {
    const there = { ...leftAlone(row, surroundings), ...describe(draft), missing_since: null, deleted_at: null }
    return { row: there, entries: [], settled: [] }
  }

  const at = { after: lastVouchedFor(before, surroundings.namespace), by: arrivedAt }
  const change = changeOf(judgement, row, reading, at, surroundings)
  const after = change?.row ?? sameHolder(row, reading)
  const ended = judgement.ended.map(({ intent: { row: intent }, outcome }) => ({
    entry: endedAttempt(after, intent, {
      outcome,
      at: { after: intent.opened_at, by: arrivedAt },
      requestId: intent.request_id,
      before: row,
    }),
    isTransition: false,
  }))
  const takenBy = judgement.kind === 'transition' ? judgement.takenBy : null
  return {
    row: {
      ...after,
      read_at: source === 'sweep' ? after.read_at : sentAt,
      left_since: null,
      missing_since: null,
      deleted_at: null,
    },
    entries: [...(change ? [{ entry: change.entry, isTransition: true }] : []), ...ended],
    settled: [...judgement.ended.map(({ intent }) => intent), ...(takenBy ? [takenBy] : [])].map(
      ({ row: settled }) => settled,
    ),
  }
}

function listKind({ isMute, listCarriesLock }: Surroundings): 'list' | 'list-without-locks' | 'mute-list' {
  if (isMute) return 'mute-list'
  return listCarriesLock ? 'list' : 'list-without-locks'
}

/**
 * When the last reading of a draft that counted was sent, or earlier: one time per sweep is kept, not one per draft.
 * @param row null for a draft that the last complete sweep did not contain
 * @returns null where nothing came before
 */
export function lastVouchedFor(row: DraftRow | null, namespace: { swept_at: number | null }): number | null {
  const bySweep = row?.left_since ?? namespace.swept_at ?? 0
  const latest = Math.max(bySweep, row?.read_at ?? 0)
  return latest === 0 ? null : latest
}

/** A complete sweep came by and this draft's reading in it did not count: the sweep's time must not vouch for it. */
export function leftAlone(row: DraftRow, { namespace, source }: Pick<Surroundings, 'namespace' | 'source'>): DraftRow {
  return source === 'sweep' ? { ...row, left_since: row.left_since ?? namespace.swept_at ?? 0 } : row
}

type Judged = Exclude<Judgement<KnownIntent & { row: IntentRow }>, { kind: 'leave' | 'presence' }>

function changeOf(
  judgement: Judged,
  row: DraftRow,
  reading: Reading,
  at: TimeInterval,
  around: Surroundings,
): Change | null {
  const { draft } = reading
  if (judgement.kind === 'same') return null
  const known = knownOf(at, around.gaps)
  if (judgement.kind === 'claim-ended') return endedClaim(row, draft, at, known)
  if (judgement.takenBy === null || draft.lock === null)
    return observedTransition(row, draft, at, known, around.source === 'read' ? 'read' : 'list')
  const intent = judgement.takenBy.row
  return takenTransition({ ...row, ...describe(draft) }, draft.lock, intent, {
    at: { after: intent.opened_at, by: reading.arrivedAt },
    outcome: 'taken',
    requestId: intent.request_id,
  })
}

function sameHolder(row: DraftRow, { draft }: Reading): DraftRow {
  const { lock } = draft
  if (lock === null) return { ...row, ...describe(draft) }
  return {
    ...row,
    ...describe(draft),
    holder_name: lock.holderName === '' ? row.holder_name : lock.holderName,
    lock_id: lock.id,
    claim_lock_id: row.claim_person === null ? null : (row.claim_lock_id ?? lock.id),
    // Reads have caught up with the take: what they show from now on is news.
    echo_until: null,
    echo_holders: null,
  }
}

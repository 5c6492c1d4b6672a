import type { Layer } from '@lockdesk/contract'
import type { LockAnswer, UpstreamLock } from '@lockdesk/flink-client'
import type { KnownIdentity } from '../cloud/service-identity.ts'
import type { CloudHolder } from '../ledger/draft-state.ts'

/** What the reading after a getLock showed. */
export type Shown = { kind: 'draft'; lock: UpstreamLock | null } | { kind: 'gone' } | { kind: 'unreadable' }

/** The lock that was got, and what vouches for it. */
export interface GotLock {
  holder: CloudHolder
  lockId: string | null
  confirmedBy: 'read-back' | 'answer'
}

/** How a take ended. */
export type Decision =
  | { outcome: 'taken'; got: GotLock }
  /** `holder`: who has it now, null where it is free again. `named`: whom the answer named then. `got`: it was taken, and lost again. */
  | { outcome: 'held-by-other'; holder: CloudHolder | null; named?: CloudHolder; got?: GotLock }
  | { outcome: 'refused'; layer: Layer }
  /** `stranger`: the answer names an id that may be our own, which nobody knows yet. */
  | { outcome: 'unknown'; stranger?: CloudHolder }
  | { outcome: 'draft-gone' }

export interface TakeEvidence {
  answer: LockAnswer
  readBack: Shown
  /** Who held the draft when it was read before getLock was sent. Never one of us: that is a claim to move, and sends nothing. */
  before: CloudHolder | null
  /** The identity that signed. */
  me: Pick<KnownIdentity, 'ids' | 'isCertain'>
}

/**
 * Decides a take from the answer of getLock (the row) and the draft read back (the column). Success is no proof: the answer may
 * name somebody else. A lost answer is no failure: the draft may be ours.
 */
export function decide(evidence: TakeEvidence): Decision {
  const { answer, readBack, me } = evidence
  if (readBack.kind === 'gone') return { outcome: 'draft-gone' }
  const column = columnOf(evidence)
  // Whatever was answered: the cloud names us.
  if (column.shows === 'me') return { outcome: 'taken', got: gotLock(column.lock, 'read-back') }
  switch (answer.kind) {
    case 'granted':
      return me.ids.includes(answer.lock.holderId)
        ? namedMe(column, answer.lock)
        : namedAnother(column, answer.lock, evidence)
    case 'rejected':
      return column.shows === 'before' || column.shows === 'third'
        ? { outcome: 'held-by-other', holder: column.holder }
        : { outcome: 'refused', layer: answer.throttled ? 'gateway' : 'unspecified' }
    case 'forbidden':
      return { outcome: 'refused', layer: answer.layer }
    case 'lost':
      return { outcome: 'unknown' }
  }
}

type Column = { shows: 'me'; lock: UpstreamLock } | NotMe
type NotMe =
  | { shows: 'before'; holder: CloudHolder }
  | { shows: 'third'; holder: CloudHolder }
  | { shows: 'free' }
  | { shows: 'unreadable' }

function columnOf({ readBack, before, me }: TakeEvidence): Column {
  if (readBack.kind !== 'draft') return { shows: 'unreadable' }
  const { lock } = readBack
  if (lock === null) return { shows: 'free' }
  if (me.ids.includes(lock.holderId)) return { shows: 'me', lock }
  return { shows: lock.holderId === before?.id ? 'before' : 'third', holder: holderOf(lock) }
}

function namedMe(column: NotMe, lock: UpstreamLock): Decision {
  const got = gotLock(lock, 'answer')
  return column.shows === 'third' ? { outcome: 'held-by-other', holder: column.holder, got } : { outcome: 'taken', got }
}

function namedAnother(column: NotMe, lock: UpstreamLock, evidence: TakeEvidence): Decision {
  const named = holderOf(lock)
  if (!evidence.me.isCertain && named.id !== evidence.before?.id) return { outcome: 'unknown', stranger: named }
  if (column.shows === 'free') return { outcome: 'held-by-other', holder: null, named }
  return { outcome: 'held-by-other', holder: column.shows === 'unreadable' ? named : column.holder, named }
}

const holderOf = (lock: UpstreamLock): CloudHolder => ({ id: lock.holderId, name: lock.holderName })

const gotLock = (lock: UpstreamLock, confirmedBy: GotLock['confirmedBy']): GotLock => ({
  holder: holderOf(lock),
  lockId: lock.id,
  confirmedBy,
})

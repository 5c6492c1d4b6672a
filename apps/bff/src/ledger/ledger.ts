import type { CountedBy, DraftRef, EventKind, NamespaceRef, Outcome } from '@lockdesk/contract'
import type { UpstreamDraft } from '@lockdesk/flink-client'
import type { Selectable } from 'kysely'
import type { EntryTable } from '../database/ledger-tables.ts'
import type { Tx } from '../database/schema.ts'
import type { Duty } from '../database/store.ts'
import type { Witness } from './checkpoint.ts'
import type { EntryCounts } from './count-entries.ts'
import type { HolderCount, HolderCountOptions } from './count-holders.ts'
import type { HoldRow } from './fold-holds.ts'
import type { HistoryPage, HistoryPart, HistoryQuery } from './history-query.ts'
import type { BoardAt } from './read-board-at.ts'
import type { Scope } from './scope.ts'
import type { CloudHolder, DraftState, NamespaceState, TimeInterval } from './draft-state.ts'
import type { Reading, SweepObservation } from './observation.ts'
import type { MemberOf, MemberReading } from './member-list.ts'
import type { LooseEnds } from './read-loose-ends.ts'
import type { Sighting } from './present-holder.ts'
import type { LedgerCheck } from './verify-chain.ts'

/** One numbered line as it stands in the store. */
export type Entry = Selectable<EntryTable>

/** Who acts, and for whom. */
export interface Actor {
  personId: string
  token?: string
  onBehalfOf?: string
}

export interface NewIntent {
  ref: DraftRef
  /** The draft as it was judged: the intent is written only where it still stands so. */
  before: DraftState
  actor: Actor
  reason?: string
  /** Ids of the identity that will sign, the one to show first. */
  identityIds: readonly string[]
  /** No answer can come later than this long after the intent. */
  timeoutMs: number
  /** How many intents the actor may have in a minute, whichever process writes them; 0, and absent: any number. */
  mostPerMinute?: number
}

/** An intent that is in the store, durably: getLock may be sent. */
export interface OpenIntent extends NewIntent {
  id: string
  number: number
  openedAt: number
}

/** What the read back after a getLock showed. */
export type ReadBack = { kind: 'draft'; reading: Reading } | { kind: 'gone' } | { kind: 'unreadable' }

/** How a take ended, as decided from the answer and the read back. */
export interface TakeEnd {
  outcome: Exclude<Outcome, 'already-yours'>
  /** Set where the outcome is `taken`, or the lock was taken and lost again: the lock that was got. */
  got?: { holder: CloudHolder; lockId: string | null; confirmedBy: 'read-back' | 'answer' }
  readBack: ReadBack
  /** When getLock was sent, and when what decided arrived. */
  sentAt: number
  decidedAt: number
  requestId?: string
}

/** A refusal of ours, or a take stopped before anything was sent. */
export interface Refusal {
  kind: 'denied' | 'attempt'
  ref: DraftRef
  actor: Actor
  reason?: string
  /** `no-right`, `policy-hard`, or the outcome of the stopped take. */
  outcome: string
  at: TimeInterval
  /** More than one where repeated refusals became one entry. */
  count?: number
  /** The entry of the first of repeated ones: they say the same of the draft and its holder, whatever came since. */
  first?: Entry
}

/**
 * The one door to what is known. Everything that writes runs one after the other, each in one transaction: the state and the
 * entries that changed it are committed together, entries are numbered without a gap in that order, and each carries the hash of the one before.
 * All writing functions throw {@link LedgerUnavailable} where the store cannot be written.
 */
export interface Ledger {
  /** Tells this ledger from others, and from itself before a backup was restored. */
  readonly id: string
  /** Number of the newest committed entry; 0 in an empty ledger. Asked before a request is sent. */
  head(): Promise<number>

  /**
   * Takes in a sweep: transitions, gaps, deletions, settled intents, freshness.
   * @param by the duty under which it was made: with its connection the right to write it is gone
   */
  observeSweep(sweep: SweepObservation, by?: Duty): Promise<void>
  /**
   * Takes in a direct reading of one draft.
   * @returns the state in force afterwards, which is not the reading's where that is older than what is known (or an echo of it)
   */
  observeReading(namespace: NamespaceRef, reading: Reading): Promise<DraftState>
  /** Takes in a complete reading of who belongs to a namespace. @param by as of a sweep */
  observeMembers(reading: MemberReading, by?: Duty): Promise<void>

  /**
   * Writes, durably, that a getLock is about to be sent.
   * @throws DraftMoved, TooManyTakes
   */
  openIntent(intent: NewIntent): Promise<OpenIntent>
  /** Writes how it ended. `unknown` leaves it pending, to be settled by a later reading. */
  closeIntent(intent: OpenIntent, end: TakeEnd): Promise<{ closing: Entry; draft: DraftState }>
  /**
   * Gives the claim behind a shared holder to somebody else; the cloud hears nothing.
   * @param seen the draft as it was judged
   * @throws DraftMoved
   */
  moveClaim(
    seen: DraftState,
    actor: Actor,
    reason: string | undefined,
    readAt: number,
  ): Promise<{ closing: Entry; draft: DraftState }>
  /**
   * A new reason for a claim; both texts stay in the history.
   * @throws DraftMoved
   */
  changeReason(seen: DraftState, actor: Actor, reason: string): Promise<{ closing: Entry; draft: DraftState }>
  recordRefusal(refusal: Refusal): Promise<Entry>
  /**
   * Somebody changed who may do what, or how Lockdesk works. `text` names people by id.
   * @param beside makes the change itself, in the same transaction: both are there, or neither. Nobody else changes a setting meanwhile, in no
   * process; what it throws is thrown
   */
  recordSetting(text: string, actorId: string | null, beside?: (tx: Tx, now: number) => Promise<void>): Promise<Entry>

  draft(ref: DraftRef): Promise<DraftState | null>
  /** Not the deleted ones. */
  drafts(scope: Scope): Promise<DraftState[]>
  namespaces(): Promise<NamespaceState[]>
  /** The draft's entries, newest first, whatever their kind. */
  entriesOf(ref: DraftRef, limit: number): Promise<Entry[]>
  entries(query: EntryQuery): Promise<Entry[]>
  /** Names of Lockdesk's people by id; ids of erased people are absent. */
  names(personIds: Iterable<string>): Promise<Map<string, string>>
  /**
   * Recomputes every hash, and checks every signature.
   * @param witness checkpoints that somebody kept elsewhere
   */
  verify(witness?: readonly Witness[]): Promise<LedgerCheck>

  /** Tells who belongs to a namespace, as of now. */
  memberOf(): Promise<MemberOf>
  /** When the last complete reading of a namespace's members was sent; null: there was none. */
  membersReadAt(namespace: NamespaceRef): Promise<number | null>
  /** For the next sweep: what to look at more closely. */
  looseEnds(namespace: NamespaceRef): Promise<LooseEnds>
  /** Ids of the namespace's drafts that are held, as far as is known. */
  heldDrafts(namespace: NamespaceRef): Promise<string[]>

  /** Calls back with what was committed, by whichever process, in the order of numbers. @returns stops it */
  onCommit(listener: (entries: readonly Entry[]) => void): () => void
  /** Calls back when the freshness of a namespace was stored. */
  onFreshness(listener: (namespace: NamespaceRef) => void): () => void

  /** A page of the entries that fit, newest first. `next`: more may be found below that number; a page may be short of its limit then. */
  find(query: HistoryQuery, page: HistoryPage): Promise<{ entries: Entry[]; next: number | null }>
  /**
   * A page of the holds that fit, the ones that began last first; `next` as in `find`, by the numbers of the entries that began them.
   * @throws HistoryBehind, as everything that tells of holds
   */
  holds(query: HistoryQuery, page: HistoryPage): Promise<{ holds: HoldRow[]; next: number | null }>
  /** The newest holds of one draft. Never throws for being behind. */
  holdsOf(ref: DraftRef, limit: number): Promise<HoldRow[]>
  /** Who had what in a period, in no order. */
  holders(query: HistoryQuery, options: HolderCountOptions): Promise<HolderCount[]>
  /** Names of the holders of some holds, and where and when they were first seen with them, by the numbers of the entries that began them. */
  holdersOf(opened: readonly number[]): Promise<Map<number, Sighting & { name: string }>>
  /** Names of drafts as they are today, by `draftKey`; drafts that nobody knows are absent. */
  draftNames(refs: readonly DraftRef[]): Promise<Map<string, string>>
  /**
   * How many entries fit, by one of their words; those that have none of it are left out.
   * @throws TooMuchToCount
   */
  counts(query: HistoryQuery, by: CountedBy): Promise<EntryCounts>
  /** Who had a draft at a moment, as far as had been read by then. */
  heldAt(ref: DraftRef, at: number): Promise<HoldRow | null>
  /** The whole board at a moment. */
  boardAt(parts: readonly HistoryPart[], at: number): Promise<BoardAt>
  /** What a text may mean: ids of people, of holders, and drafts of the scope. */
  identify: {
    persons(text: string): Promise<string[]>
    holders(text: string): Promise<string[]>
    drafts(scope: Scope, text: string): Promise<DraftRef[]>
  }
}

export interface EntryQuery {
  scope: Scope
  /** Only entries with a smaller (newest first) or greater (oldest first) number. */
  before?: number
  after?: number
  order: 'newest' | 'oldest'
  limit: number
  kinds?: readonly EventKind[]
  /** Only those taken through Lockdesk: the query word `kind:taken`. */
  isTakenHere?: boolean
  actorId?: string
  /** Holder id before or after. */
  holderId?: string
  draftId?: string
  /** Restricts to entries in which this person is the actor, and to transitions before or after which the person's claim stood. */
  concerning?: { personId: string }
}

/** The draft does not stand as it was seen: somebody else's news came between. Nothing was written. */
export class DraftMoved extends Error {
  /** As it stands now. */
  readonly draft: DraftState
  constructor(draft: DraftState) {
    super(`${draft.ref.draftId} does not stand as it was seen`)
    this.name = 'DraftMoved'
    this.draft = draft
  }
}

/** The actor has had as many takes in the last minute as one may. Nothing was written. */
export class TooManyTakes extends Error {
  readonly waitMs: number
  constructor(waitMs: number) {
    super(`the next take fits in ${waitMs} ms`)
    this.name = 'TooManyTakes'
    this.waitMs = waitMs
  }
}

/** The store could not be written: nothing was. */
export class LedgerUnavailable extends Error {
  constructor(cause: unknown) {
    super('the ledger cannot be written', { cause })
    this.name = 'LedgerUnavailable'
  }
}

/** So many entries would have to be counted one by one that nobody waits for it: a period would help. */
export class TooMuchToCount extends Error {
  constructor(entries: number) {
    super(`${entries} entries would have to be counted one by one`)
    this.name = 'TooMuchToCount'
  }
}

/** The history is still being made ready, after an upgrade: what was asked can be told in a while. */
export class HistoryBehind extends Error {
  constructor(left: number) {
    super(`${left} entries are not part of the history yet`)
    this.name = 'HistoryBehind'
  }
}

export type { CloudHolder, DraftState, NamespaceState, Reading, SweepObservation, TimeInterval, UpstreamDraft }

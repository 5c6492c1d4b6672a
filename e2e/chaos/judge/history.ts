import type { Board } from '@lockdesk/contract'
import type { Told } from '../people.ts'
import type { TrueDraft } from '../truth.ts'

/** One line of the ledger, as far as it is judged. */
export interface Line {
  number: number
  id: string
  kind: string
  how: string
  namespace: string
  draft_id: string | null
  actor_id: string | null
  from_id: string | null
  to_id: string | null
  from_claim: string | null
  to_claim: string | null
  at_after: number | null
  at_by: number
  recorded_at: number
  intent_id: string | null
  outcome: string | null
}

/** Everything that was seen from outside while things went wrong, and the ledger as it stands after. */
export interface History {
  lines: readonly Line[]
  /** By how much the ledger's clock may differ from the one that everything else here was timed by. */
  clockSlackMs: number
  /** What the ledger's own check complains of. */
  complaints: readonly string[]
  truth: readonly TrueDraft[]
  /** When each complete sweep began that the API told of, by namespace. */
  sweeps: ReadonlyMap<string, readonly number[]>
  /** Each getLock that arrived at the cloud. */
  getLocks: readonly { draftId: string; at: number }[]
  /** As the cloud counted them. */
  getLocksCounted: number
  /** Of those, how many while people only looked. */
  getLocksWhileLooking: number
  told: readonly Told[]
  /** The answers of two who took one free draft at the same moment, and nobody else ever. */
  pairs: readonly (readonly Told[])[]
  /** The board of somebody who followed the stream all the time, and one read anew at the end. */
  boards: readonly { followed: Board | null; fresh: Board }[]
  /** Drafts whose intents had no end when there had been time enough to settle them. */
  stillPending: readonly string[]
  /** What took longer than it may, or ended otherwise than it may. */
  notices: readonly Violation[]
}

/** The invariants, as a violation is counted. */
export const invariants = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'told', 'pairs', 'end'] as const
export type Invariant = (typeof invariants)[number]

export interface Violation {
  invariant: Invariant
  words: string
}

const transitions: readonly string[] = ['held', 'changed', 'freed', 'deleted']
export const isTransition = ({ kind }: Line) => transitions.includes(kind)

import type { BoardDraft, Holder, Person } from '@lockdesk/contract'
import type { TakeAnswer } from './answer.ts'
import { type Intention, intentionOf } from './intention.ts'

/** Who stands behind a lock, as far as it matters to a decision. */
interface Facts {
  holder: Holder | null
  claimant: Person | null
}

export interface DialogState {
  /** What the person is looking at and would agree to. */
  armed: Intention
  /** What the board last showed: only a change of it arms anew, an old board does not overrule a newer answer. */
  board: Facts
  /** The answer told of a lock got and lost again: the board may still show the first of the two before it shows the second. */
  isBehind: boolean
  /** The dialog was armed anew, and the person has not acted since. */
  isRearmed: boolean
  phase: 'ready' | 'sending'
  /** What the last try in this dialog came to, where it left something to decide. */
  answer: TakeAnswer | null
  /** What was agreed to when that try was sent. */
  asked: Intention
}

const isSame = (a: Facts, b: Facts) => a.holder?.id === b.holder?.id && a.claimant?.id === b.claimant?.id

export function openDialog(draft: BoardDraft): DialogState {
  const armed = intentionOf(draft)
  return { armed, board: armed, isBehind: false, isRearmed: false, phase: 'ready', answer: null, asked: armed }
}

/** The board shows the draft anew. While a take is under way nothing is armed: its answer tells more. */
export function seeBoard(state: DialogState, draft: BoardDraft): DialogState {
  const seen = intentionOf(draft)
  if (isSame(seen, state.board)) return state
  const board = { holder: seen.holder, claimant: seen.claimant }
  if (state.phase === 'sending' || state.isBehind || isSame(seen, state.armed)) {
    return { ...state, board, isBehind: false }
  }
  return { ...state, board, armed: seen, isRearmed: true, answer: null }
}

/** The person agreed to what is shown. */
export function send(state: DialogState): DialogState {
  return { ...state, phase: 'sending', isBehind: false, isRearmed: false, answer: null, asked: state.armed }
}

/** Whether an answer leaves something to decide in the dialog; anything else closes it and is told on the page. */
export function keepsDialogOpen(answer: TakeAnswer): boolean {
  if (answer.kind !== 'problem') return false
  return answer.problem.code !== 'unknown' && answer.problem.code !== 'internal'
}

/** An answer that keeps the dialog open: where it names another holder, the dialog is armed with that one. */
export function hear(state: DialogState, answer: TakeAnswer): DialogState {
  const ready = { ...state, phase: 'ready' as const, answer }
  if (answer.kind !== 'problem') return ready
  const { code, holder, claim, confirmedBy } = answer.problem
  if ((code !== 'holder-changed' && code !== 'held-by-other') || holder === undefined) return ready
  const facts = { holder, claimant: claim?.by ?? null }
  const isBehind = confirmedBy !== undefined && !isSame(facts, state.board)
  if (isSame(facts, state.armed)) return { ...ready, isBehind }
  return { ...ready, isBehind, armed: { ...state.armed, ...facts }, isRearmed: true }
}

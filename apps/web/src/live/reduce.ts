import type { Board, BoardDraft, Freshness, Lock, LockEvent, Me } from '@lockdesk/contract'
import { draftKey } from '../api/draft-key.ts'
import { abilityOf, isHolderMe } from './ability.ts'

/** The board as this page knows it, and the number of the newest entry that went into it by the stream. */
export interface LiveBoard {
  board: Board
  head: number
}

export interface Step {
  next: LiveBoard
  /** The row that changed before the viewer's eyes, as its key. */
  changed: string | null
  /** The entry is about something that this board does not show: read the board again. */
  mustRead: boolean
}

/**
 * Lays one entry of the stream onto the board. Pure. An entry that was seen before, or an older one, does nothing, so a
 * replay after a lost connection is harmless; the entries must come in the ledger's order, which is the stream's.
 */
export function applyLockEvent(state: LiveBoard, event: LockEvent, me: Me): Step {
  if (event.number <= state.head) return { next: state, changed: null, mustRead: false }
  const head = event.number
  const stay: Step = { next: { board: state.board, head }, changed: null, mustRead: false }
  const mustRead: Step = { ...stay, mustRead: true }
  const { workspace, namespace, draftId } = event.ref
  if (draftId === undefined) return event.kind === 'setting' ? mustRead : stay

  const { drafts } = state.board
  const at = drafts.findIndex(
    ({ ref }) => ref.draftId === draftId && ref.namespace === namespace && ref.workspace === workspace,
  )
  const row = drafts[at]
  const put = (draft: BoardDraft): Step => ({
    ...stay,
    next: { board: { ...state.board, drafts: drafts.with(at, draft) }, head },
    changed: draftKey(draft.ref),
  })

  switch (event.kind) {
    case 'held':
    case 'changed':
    case 'freed': {
      if (!row || (event.kind !== 'freed' && event.to === null)) return mustRead
      const lock = event.kind === 'freed' ? null : lockAfter(row, event, homeOf(state.board, row), me)
      const { pending: _, ...rest } = row
      return put({ ...rest, lock, may: abilityOf(lock, row.ref, me, homeOf(state.board, row)?.policy ?? strictest) })
    }
    case 'deleted': {
      if (!row) return stay
      const board = { ...state.board, drafts: drafts.toSpliced(at, 1), total: state.board.total - 1 }
      return { ...stay, next: { board, head }, changed: draftKey(row.ref) }
    }
    case 'attempt': {
      // Not known yet: the server's row says since when it is pending.
      if (event.outcome === 'unknown') return mustRead
      if (!row?.pending || event.intentId === undefined) return stay
      const { pending: _, ...rest } = row
      return put(rest)
    }
    case 'setting':
      return mustRead
    case 'intent':
    case 'denied':
    case 'gap':
      return stay
  }
}

/** Lays how fresh one namespace is onto the board. @returns undefined where the board must be read again */
export function applyFreshness(board: Board, fresh: Freshness, me: Me): Board | undefined {
  const at = board.namespaces.findIndex(
    ({ workspace, namespace }) => workspace === fresh.workspace && namespace === fresh.namespace,
  )
  const before = board.namespaces[at]
  // Drafts were added or described anew, of which the stream does not tell.
  if (!before || before.revision !== fresh.revision) return undefined
  const next = { ...board, namespaces: board.namespaces.with(at, fresh) }
  if (before.policy === fresh.policy) return next
  const drafts = board.drafts.map(draft =>
    draft.ref.workspace === fresh.workspace && draft.ref.namespace === fresh.namespace
      ? { ...draft, may: abilityOf(draft.lock, draft.ref, me, fresh.policy) }
      : draft,
  )
  return { ...next, drafts }
}

/** The lock that a row has after a transition which leaves it held. */
function lockAfter(row: BoardDraft, event: LockEvent, home: Freshness | undefined, me: Me): Lock | null {
  if (event.to === null) return null
  const claim = event.claim ?? null
  const holder = { ...event.to, self: isHolderMe(event.to, claim, row.ref, me) }
  const isSameHold =
    event.kind === 'changed' &&
    event.how === 'lockdesk' &&
    event.outcome !== 'taken' &&
    row.lock !== null &&
    row.lock.holder.id === event.to.id
  // Only the reason was changed: the hold goes on.
  if (isSameHold && row.lock) return { ...row.lock, holder, claim }
  return {
    holder,
    claim,
    seenSince: event.at,
    known: event.known ?? (event.how === 'lockdesk' ? 'exact' : 'bounded'),
    overdueAt: overdueAfter(event.at.by, home),
  }
}

/** From when on a hold that began at `by` is overdue, by the rule of its namespace; null where that is not known. */
function overdueAfter(by: string, home: Freshness | undefined): string | null {
  return home ? new Date(Date.parse(by) + home.overdueAfter * 1000).toISOString() : null
}

/** Where the rule is not known the button may be missing for a moment; the server decides anyway. */
const strictest = 'hard'

function homeOf(board: Board, { ref }: BoardDraft): Freshness | undefined {
  return board.namespaces.find(({ workspace, namespace }) => workspace === ref.workspace && namespace === ref.namespace)
}

import type { BoardDraft, Me } from '@lockdesk/contract'
import { isMine } from '../../live/ability.ts'

export type RowAction = 'take' | 'take-over' | 'open'

/** The one thing that this person may do with this row, or null. */
export function actionOf(draft: BoardDraft, me: Me): RowAction | null {
  if (draft.deletedAt !== undefined) return null
  if (isMine(draft, me)) return 'open'
  if (draft.lock === null) return draft.may.take ? 'take' : null
  return draft.may.takeOver ? 'take-over' : null
}

/** By what locks are taken: the board asks for it, and never sends a take itself. */
export interface Desk {
  /** Keys of drafts whose take is under way. */
  taking: ReadonlySet<string>
  take(draft: BoardDraft): void
  takeOver(draft: BoardDraft): void
}

/** Does the one thing. */
export function act(draft: BoardDraft, me: Me, desk: Desk): void {
  const action = actionOf(draft, me)
  if (action === 'open') openEditor(draft)
  else if (action === 'take') desk.take(draft)
  else if (action === 'take-over') desk.takeOver(draft)
}

export type WhyNot = 'role' | 'policy' | 'yours' | 'pending' | 'deleted'

/** Why the lock cannot be taken, or null where it can. */
export function whyNot(draft: BoardDraft): WhyNot | null {
  if (draft.deletedAt !== undefined) return 'deleted'
  if (draft.lock === null ? draft.may.take : draft.may.takeOver) return null
  return draft.may.whyCode ?? (draft.pending ? 'pending' : 'role')
}

/** The name by which the cloud will name whoever takes a lock in this workspace; null until it has told. */
export function identityName(me: Me, workspace: string): string | null {
  return me.identities.find(identity => identity.workspace === workspace)?.name ?? null
}

/** Opens the draft in the cloud's own editor, in a tab that cannot reach back into this one. */
export function openEditor({ consoleUrl }: Pick<BoardDraft, 'consoleUrl'>): void {
  if (/^https?:\/\//i.test(consoleUrl)) window.open(consoleUrl, '_blank', 'noopener,noreferrer')
}

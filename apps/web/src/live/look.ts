import type { BoardDraft, Me } from '@lockdesk/contract'
import type { LockLook } from '../ui/lock.tsx'
import { isMine } from './ability.ts'

export const isOverdue = ({ lock }: Pick<BoardDraft, 'lock'>, now: number) =>
  lock !== null && lock.overdueAt !== null && Date.parse(lock.overdueAt) <= now

/** How a draft's lock looks to this viewer now. Of several truths the one that matters most to the viewer is shown. */
export function lookOf(draft: BoardDraft, me: Me | undefined, now: number): LockLook {
  if (draft.deletedAt !== undefined) return 'deleted'
  if (draft.pending !== undefined) return 'checking'
  if (draft.lock === null) return 'free'
  if (isMine(draft, me)) return 'mine'
  if (draft.lock.holder.member === false) return 'orphaned'
  return isOverdue(draft, now) ? 'overdue' : 'held'
}

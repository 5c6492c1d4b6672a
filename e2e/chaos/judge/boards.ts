import type { Board, BoardDraft } from '@lockdesk/contract'
import type { History, Violation } from './history.ts'

/** I9: whoever followed the stream, over every death, sees what somebody sees who has just come. */
export function judgeBoards({ boards }: Pick<History, 'boards'>): Violation[] {
  return boards.flatMap(({ followed, fresh }) => {
    if (followed === null) return [{ invariant: 'I9' as const, words: 'the follower never got a board' }]
    const seen = byDraft(followed)
    return [...byDraft(fresh)].flatMap(([draftId, row]): Violation[] => {
      const own = seen.get(draftId)
      const [shown, told] = [wordsOf(row), own === undefined ? 'absent' : wordsOf(own)]
      return shown === told ? [] : [{ invariant: 'I9', words: `${draftId} is ${shown}, and the follower has ${told}` }]
    })
  })
}

const byDraft = ({ drafts }: Board) => new Map(drafts.map(draft => [draft.ref.draftId, draft]))

const wordsOf = ({ lock }: BoardDraft) =>
  lock === null
    ? 'free'
    : `held by ${lock.holder.id}, claimed by ${lock.claim?.by.id ?? 'nobody'}, seen since ${lock.seenSince.after} to ${lock.seenSince.by}`

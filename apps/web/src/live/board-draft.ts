import type { Board, BoardDraft, DraftRef } from '@lockdesk/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { draftKey } from '../api/draft-key.ts'
import { boardKey } from './board-feed.ts'

/**
 * One draft as the board shows it now; undefined where the board does not have it (any more). Only listens to what others
 * read, so it works outside the live provider too, in a toast say.
 */
export function useBoardDraft(ref: DraftRef): BoardDraft | undefined {
  const queries = useQueryClient()
  const key = draftKey(ref)
  const subscribe = useCallback((changed: () => void) => queries.getQueryCache().subscribe(changed), [queries])
  // A row that did not change stays the same object from board to board.
  return useSyncExternalStore(subscribe, () =>
    queries.getQueryData<Board>(boardKey)?.drafts.find(draft => draftKey(draft.ref) === key),
  )
}

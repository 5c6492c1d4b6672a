import type { Board, BoardDraft, DraftRef } from '@lockdesk/contract'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { draftKey } from '../api/draft-key.ts'
import { boardKey } from './board-feed.ts'

/**
 * One draft as the board shows it now; undefined where the board does not have it (any more). Only listens, so it works
 * outside the live provider too, in a toast say.
 */
export function useBoardDraft(ref: DraftRef): BoardDraft | undefined {
  const key = draftKey(ref)
  const select = useCallback((board: Board) => board.drafts.find(draft => draftKey(draft.ref) === key) ?? null, [key])
  return useQuery({ queryKey: boardKey, select, enabled: false }).data ?? undefined
}

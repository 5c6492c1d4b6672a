import type { BoardDraft, DraftRef } from '@lockdesk/contract'
import { useEffect, useRef } from 'react'
import { useBoardDraft } from '../../live/board-draft.ts'
import { useLatest } from '../../ui/latest.ts'

/**
 * Watches a draft whose take ended without being known, and calls back once when the board says how it ended. Shows
 * nothing and sends nothing: the server's readings settle it.
 */
export function Settling({ draftRef, onSettled }: { draftRef: DraftRef; onSettled(draft: BoardDraft): void }) {
  const draft = useBoardDraft(draftRef)
  const wasPending = useRef(false)
  const latest = useLatest(onSettled)
  useEffect(() => {
    if (!draft) return
    if (draft.pending) wasPending.current = true
    else if (wasPending.current || draft.lock?.holder.self === true) {
      wasPending.current = false
      latest.current(draft)
    }
  }, [draft, latest])
  return null
}

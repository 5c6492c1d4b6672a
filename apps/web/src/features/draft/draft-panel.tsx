import type { BoardDraft, DraftRef, Freshness, Me } from '@lockdesk/contract'

export interface DraftPanelProps {
  draftRef: DraftRef
  /** The row of the board, live; undefined where the board does not have the draft (gone, or not loaded yet). */
  row: BoardDraft | undefined
  freshness: Freshness | undefined
  me: Me
  /** A take of this draft is under way. */
  taking: boolean
  onTake(draft: BoardDraft): void
  onTakeOver(draft: BoardDraft): void
  onClose(): void
  /** To the row above (-1) or below (1); absent where there is none. */
  onStep?: (by: 1 | -1) => void
}

export function DraftPanel({ draftRef, row, onClose }: DraftPanelProps) {
  return (
    <aside className="panel" aria-label={row?.name ?? draftRef.draftId}>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </aside>
  )
}

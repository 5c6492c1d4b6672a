import type { Me } from '@lockdesk/contract'
import { useEffect } from 'react'
import { useBoardDraft } from '../../live/board-draft.ts'
import { type DialogState, seeBoard } from './dialog-state.ts'
import { TakeOverDialog } from './take-over-dialog.tsx'

export interface OpenDialogProps {
  state: DialogState
  me: Me
  onSee(change: (state: DialogState) => DialogState): void
  onSend(reason: string): void
  onClose(): void
}

/** The dialog, kept in step with the board while it is open. */
export function OpenDialog({ state, me, onSee, onSend, onClose }: OpenDialogProps) {
  const draft = useBoardDraft(state.armed.ref)
  useEffect(() => {
    if (draft) onSee(now => seeBoard(now, draft))
  }, [draft, onSee])
  return <TakeOverDialog state={state} draft={draft} me={me} onSend={onSend} onClose={onClose} />
}

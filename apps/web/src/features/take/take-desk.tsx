import type { BoardDraft, Me } from '@lockdesk/contract'
import { createContext, use, type ReactNode } from 'react'

/** What the board and the panel can ask for: they never send a take themselves. */
export interface TakeDesk {
  /** Takes a free lock: one click, no dialog. */
  take(draft: BoardDraft): void
  /** Opens the dialog for a held lock. */
  takeOver(draft: BoardDraft): void
  /** The keys (`draftKey`) of drafts whose take is under way. */
  taking: ReadonlySet<string>
}

const TakeDeskContext = createContext<TakeDesk>({ take() {}, takeOver() {}, taking: new Set() })

/** Sends takes, shows the dialog and the outcomes. */
export function TakeDeskProvider({ children }: { me: Me; children: ReactNode }) {
  return children
}

export function useTakeDesk(): TakeDesk {
  return use(TakeDeskContext)
}

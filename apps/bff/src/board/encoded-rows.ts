import type { DraftState } from '../ledger/draft-state.ts'
import { type DraftView, presentDraft } from './present-draft.ts'

/** A draft as a row of the board, in JSON. */
export type EncodeRow = (draft: DraftState, view: DraftView) => string

/** Roles, and folders that were renamed meanwhile. */
const mostVariants = 6

/**
 * Encodes rows, and remembers those of free drafts: most drafts are free, and of those nothing changes but with the draft itself, the name of its
 * folder, and the role of who looks. Who holds a draft is told by names, members and whose it is, so that is made anew each time.
 */
export function createRowEncoder(): EncodeRow {
  const remembered = new WeakMap<DraftState, Map<string, string>>()
  return (draft, view) => {
    if (draft.lock !== null || draft.intents.length > 0) return JSON.stringify(presentDraft(draft, view))
    const rows = remembered.get(draft) ?? new Map<string, string>()
    const key = `${view.role} ${view.folderPath(draft.folderId)}`
    const known = rows.get(key)
    if (known !== undefined) return known
    const row = JSON.stringify(presentDraft(draft, view))
    if (rows.size >= mostVariants) rows.clear()
    remembered.set(draft, rows.set(key, row))
    return row
  }
}

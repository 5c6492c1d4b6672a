import type { DraftState } from '../ledger/draft-state.ts'
import { mayDo } from './may.ts'
import { type DraftView, presentDraft } from './present-draft.ts'

/** A draft as a row of the board, in JSON. */
export type EncodeRow = (draft: DraftState, view: DraftView) => string

/** A row but for its end, which says what the one who looks may do. */
interface Begun {
  folder: string
  text: string
}

/**
 * Encodes rows, and remembers those of free drafts: most drafts are free, and of those nothing changes but with the draft itself, the name of its
 * folder, and the role of who looks: a workspace's links stay. Who holds a draft is told by names, members and whose it is, so that is made anew each time.
 */
export function createRowEncoder(): EncodeRow {
  const remembered = new WeakMap<DraftState, Begun>()

  function begin(draft: DraftState, view: DraftView, folder: string): Begun {
    const { may: _, ...row } = presentDraft(draft, view)
    const begun = { folder, text: JSON.stringify(row).slice(0, -1) }
    remembered.set(draft, begun)
    return begun
  }

  return (draft, view) => {
    if (draft.lock !== null || draft.intents.length > 0) return JSON.stringify(presentDraft(draft, view))
    const folder = view.folderPath(draft.folderId)
    const known = remembered.get(draft)
    const { text } = known?.folder === folder ? known : begin(draft, view, folder)
    const { policy } = view.workspace.rulesOf(draft.ref.namespace)
    const may = mayDo({ role: view.role, policy, lock: 'free', isGone: draft.deletedAt !== null })
    return `${text},"may":${JSON.stringify(may)}}`
  }
}

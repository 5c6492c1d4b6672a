import type { Board, BoardDraft, DraftRef, Freshness } from '@lockdesk/contract'
import { useMemo } from 'react'
import { draftKey } from '../api/draft-key.ts'
import { useBoard } from './provider.tsx'

function find(board: Board | undefined, key: string): BoardDraft | undefined {
  return board?.drafts.find(draft => draftKey(draft.ref) === key)
}

/** One draft as the board shows it now; undefined where the board does not have it (any more). */
export function useBoardDraft(ref: DraftRef | null): BoardDraft | undefined {
  const { data } = useBoard()
  const key = ref && draftKey(ref)
  return useMemo(() => (key === null ? undefined : find(data, key)), [data, key])
}

/** How fresh the knowledge of a draft's namespace is. */
export function useFreshness(ref: DraftRef): Freshness | undefined {
  const { data } = useBoard()
  return data?.namespaces.find(({ workspace, namespace }) => workspace === ref.workspace && namespace === ref.namespace)
}

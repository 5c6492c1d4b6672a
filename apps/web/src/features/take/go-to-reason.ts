import type { DraftRef } from '@lockdesk/contract'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { draftKey } from '../../api/draft-key.ts'

/** Opens the draft's panel with the cursor in its reason; the rest of the view stays. */
export function useGoToReason(): (ref: DraftRef) => void {
  const navigate = useNavigate()
  return useCallback(
    ref => void navigate({ to: '/', search: view => ({ ...view, open: draftKey(ref) }), hash: 'reason' }),
    [navigate],
  )
}

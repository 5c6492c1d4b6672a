import type { BoardDraft } from '@lockdesk/contract'
import { draftKey } from '../../api/draft-key.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useCopy } from '../../ui/copy.tsx'
import { boardMessages } from './messages.ts'

/** Copies the address of what is shown; of a draft, the address that also opens its panel. */
export function useCopyLink(): (draft?: BoardDraft) => void {
  const words = useMessages(boardMessages)
  const copy = useCopy()
  return draft => {
    const url = new URL(location.href)
    if (draft) url.searchParams.set('open', draftKey(draft.ref))
    void copy(url.href.replaceAll('%2F', '/'), words.linkCopied)
  }
}

import type { BoardDraft, Me } from '@lockdesk/contract'
import { draftKey } from '../../api/draft-key.ts'
import { useToasts } from '../../ui/toast.tsx'
import type { TakeAnswer } from './answer.ts'
import { useGoToReason } from './go-to-reason.ts'
import type { Intention } from './intention.ts'
import { NoticeActions, NoticeBody, NoticeGlyph } from './notice-parts.tsx'
import type { Notice } from './notice-type.ts'

/** Shows a notice as a toast: a copy, for the row and the panel carry it too. */
export function useTell(me: Me, onTake: (draft: BoardDraft) => void) {
  const toasts = useToasts()
  const onAddReason = useGoToReason()
  return (notice: Notice, intention: Intention, answer?: TakeAnswer) =>
    toasts.show({
      key: `take ${draftKey(intention.ref)}`,
      tone: notice.tone === 'error' ? 'err' : notice.tone,
      icon: <NoticeGlyph glyph={notice.glyph} />,
      title: notice.title,
      body: <NoticeBody notice={notice} />,
      // An alert speaks by itself.
      announce: notice.announced ?? '',
      sticky: notice.stays,
      actions: close => (
        <NoticeActions {...{ me, notice, intention, onTake, onAddReason, ...(answer && { answer }) }} onDone={close} />
      ),
    })
}

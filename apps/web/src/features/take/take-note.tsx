import type { DraftRef, Me } from '@lockdesk/contract'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { draftKey } from '../../api/draft-key.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useGoToReason } from './go-to-reason.ts'
import { identityIn } from './intention.ts'
import { isPending, noticeOf } from './notice.ts'
import { NoticeActions, NoticeBody, NoticeGlyph } from './notice-parts.tsx'
import { useTakeDesk } from './take-desk.tsx'
import { takeMessages } from './words.ts'

/** What the last take of a draft left to know, beside the draft itself; nothing where all is well. */
export function TakeNote({ draftRef, me }: { draftRef: DraftRef; me: Me }) {
  const words = useMessages(takeMessages)
  const { take, states, dismiss, standBeside } = useTakeDesk()
  const onAddReason = useGoToReason()
  const state = states.get(draftKey(draftRef))
  useEffect(() => standBeside(draftKey(draftRef)), [standBeside, draftRef])
  // A pending take is told by the draft itself.
  if (state?.kind !== 'told' || isPending(state.answer)) return null
  const { answer, intention } = state
  const notice = noticeOf(answer, { intention, identity: identityIn(me, draftRef) }, words)
  const close = () => dismiss(draftKey(draftRef))
  return (
    <Notice
      tone={notice.tone === 'error' ? 'err' : 'warn'}
      role="alert"
      icon={<NoticeGlyph glyph={notice.glyph} />}
      actions={
        <Button tone="bare" icon aria-label={words.dismiss} onClick={close}>
          <X className="i" aria-hidden />
        </Button>
      }
    >
      <strong>{notice.title}</strong>
      <NoticeBody notice={notice} />
      {notice.actions.length > 0 && (
        <div className="acts">
          <NoticeActions
            {...{ me, notice, answer, intention }}
            onDone={close}
            onTake={take}
            onAddReason={onAddReason}
          />
        </div>
      )}
    </Notice>
  )
}

import type { BoardDraft, DraftRef, Me } from '@lockdesk/contract'
import { CircleAlert, CircleHelp, Copy, ExternalLink } from 'lucide-react'
import { useMessages } from '../../i18n/messages.ts'
import { useBoardDraft } from '../../live/board-draft.ts'
import { Button } from '../../ui/button.tsx'
import { useCopy } from '../../ui/copy.tsx'
import { LockGlyph } from '../../ui/lock.tsx'
import type { TakeAnswer } from './answer.ts'
import { type Intention, identityIn } from './intention.ts'
import { detailsOf } from './notice.ts'
import type { Notice } from './notice-type.ts'
import { takeMessages } from './words.ts'

export function NoticeGlyph({ glyph }: { glyph: Notice['glyph'] }) {
  if (glyph === 'failed') return <CircleAlert className="i" aria-hidden />
  if (glyph === 'unknown') return <CircleHelp className="i" aria-hidden />
  return <LockGlyph look={glyph === 'yours' ? 'mine' : glyph} />
}

/** What it means, and the cloud's request id for support. */
export function NoticeBody({ notice }: { notice: Notice }) {
  const words = useMessages(takeMessages)
  return (
    <p>
      {notice.text}
      {notice.stays && notice.requestId && (
        <span className="code t3">
          {' '}
          {words.request} {notice.requestId}
        </span>
      )}
    </p>
  )
}

export interface NoticeActionsProps {
  me: Me
  notice: Notice
  /** Absent where the notice does not tell of an answer. */
  answer?: TakeAnswer
  intention: Intention
  /** Something was chosen that makes the notice superfluous. */
  onDone(): void
  onTake(draft: BoardDraft): void
  onAddReason(ref: DraftRef): void
}

/** What can be done next, as far as the draft's state of this moment allows it: no button here is refused by the server for its right. */
export function NoticeActions({ me, notice, answer, intention, onDone, onTake, onAddReason }: NoticeActionsProps) {
  const words = useMessages(takeMessages)
  const copy = useCopy()
  const draft = useBoardDraft(intention.ref)
  const take = (label: string) =>
    draft && (
      <Button
        key={label}
        onClick={() => {
          onDone()
          onTake(draft)
        }}
      >
        {label}
      </Button>
    )
  return notice.actions.map(action => {
    switch (action) {
      case 'open-editor':
        return (
          <a
            key={action}
            className="btn solid"
            href={intention.consoleUrl}
            target="_blank"
            rel="noreferrer"
            onClick={onDone}
          >
            <ExternalLink className="i" aria-hidden />
            {words.openEditor}
          </a>
        )
      case 'add-reason':
        return (
          <Button
            key={action}
            onClick={() => {
              onDone()
              onAddReason(intention.ref)
            }}
          >
            {words.addReason}
          </Button>
        )
      case 'take':
        return draft?.may.take && take(words.takeAgain)
      case 'take-over':
        return draft?.may.takeOver && take(words.takeOver)
      case 'copy-details':
        return (
          answer && (
            <Button
              key={action}
              onClick={() => void copy(detailsOf(answer, { intention, identity: identityIn(me, intention.ref) }))}
            >
              <Copy className="i" aria-hidden />
              {words.copyDetails}
            </Button>
          )
        )
    }
  })
}

import type { BoardDraft, Me } from '@lockdesk/contract'
import { longestReason } from '../../ui/longest-reason.ts'
import { ArrowRight, Info, TriangleAlert, Undo2 } from 'lucide-react'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatAgo, formatWhen, sinceWords } from '../../i18n/time.ts'
import { isMine } from '../../live/ability.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { isComposing } from '../../ui/keys.ts'
import { Notice } from '../../ui/notice.tsx'
import { SentenceText } from '../../ui/sentence.tsx'
import { Kbd, Tag } from '../../ui/tag.tsx'
import type { DialogState } from './dialog-state.ts'
import { identityIn, isSharedHolder, nameBehind } from './intention.ts'
import { noticeOf } from './notice.ts'
import './take-over-dialog.css'
import { takeMessages } from './words.ts'

export interface TakeOverDialogProps {
  state: DialogState
  /** The draft as the board shows it now; undefined when it is not there any more. */
  draft: BoardDraft | undefined
  me: Me
  /** Called by a press of the button or its keys, never by anything else. */
  onSend(reason: string): void
  onClose(): void
}

/** How long a dialog that was armed anew takes no press: one that was meant for the holder before must not hit the new one. */
const rereadMs = 1000

function useSettled(armedKey: string): boolean {
  const [settled, setSettled] = useState(armedKey)
  useEffect(() => {
    if (settled === armedKey) return
    const timer = setTimeout(() => setSettled(armedKey), rereadMs)
    return () => clearTimeout(timer)
  }, [settled, armedKey])
  return settled === armedKey
}

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

/** From whom, to whom and as whom, what may be lost, and why: then one press. Armed with what it shows. */
export function TakeOverDialog({ state, draft, me, onSend, onClose }: TakeOverDialogProps) {
  const language = useLanguage()
  const all = useMessages(takeMessages)
  const words = all.dialog
  const now = useNow(10_000)
  const reasonId = useId()
  const [reason, setReason] = useState('')
  const { armed, phase, isRearmed, answer } = state
  const holder = nameBehind(armed.holder, armed.claimant)
  const isSettled = useSettled(`${armed.holder?.id} ${armed.claimant?.id}`)

  // What the row says about times holds only for the holder it shows.
  const lock = draft?.lock?.holder.id === armed.holder?.id ? (draft?.lock ?? null) : null
  const why = whyNot(draft, me, holder === null)
  const maySend = why === null && isSettled && phase === 'ready'
  const send = () => {
    if (maySend) onSend(reason)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    if (event.repeat || isComposing(event.nativeEvent)) return
    event.preventDefault()
    send()
  }
  const identity = identityIn(me, armed.ref)
  const said = answer && noticeOf(answer, { intention: state.asked, identity }, all)
  const place = [armed.ref.namespace, draft?.folder].filter(Boolean).join(' / ')
  const savedAt = draft?.modifiedAt ?? null

  return (
    <Dialog
      title={holder === null ? words.titleFree(armed.draftName) : words.title(armed.draftName)}
      lead={place}
      onClose={onClose}
      className="takeover"
    >
      <div onKeyDown={onKeyDown}>
        <div className="party">
          <div className="p">
            {armed.holder && (
              <Avatar name={holder ?? ''} kind={armed.claimant ? 'person' : armed.holder.kind} size="l" />
            )}
            <div className="grow">
              <p className="t3 label">{words.from}</p>
              <p className="name clip" title={armed.holder?.id}>
                {holder ?? words.free}
              </p>
              {armed.holder && (
                <p className="clip num">
                  {[
                    lock && sinceWords(lock.seenSince, lock.known, now, language).age,
                    savedAt && words.savedAgo(formatAgo(savedAt, now, language)),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              )}
            </div>
          </div>
          <ArrowRight className="i t3" aria-hidden />
          <div className="p">
            <Avatar name={me.person.name} me size="l" />
            <div className="grow">
              <p className="t3 label">{words.to}</p>
              <p className="row-x">
                <span className="name clip">{me.person.name}</span> <Tag tone="mine">{words.you}</Tag>
              </p>
              <p className="clip">{identity ? <SentenceText of={words.asWhom(identity)} /> : words.asUnknown}</p>
            </div>
          </div>
        </div>

        {(said || (isRearmed && why === null)) && (
          <div className="said">
            <Notice tone={said?.tone === 'error' ? 'err' : 'warn'} role="alert">
              {said ? <strong>{said.title}. </strong> : <strong>{words.changed} </strong>}
              {said ? said.text : holder === null ? words.rearmedFree : words.rearmed(holder)}
              {said && isRearmed && ` ${words.checkAgain}`}
              {said?.requestId && (
                <span className="code t3">
                  {' '}
                  {all.request} {said.requestId}
                </span>
              )}
            </Notice>
          </div>
        )}

        {armed.holder && holder !== null && (
          <ul className="stakes">
            {isSharedHolder(me, armed.ref, armed.holder) ? (
              <li>
                <Info className="i" aria-hidden />
                <p>
                  <strong>
                    {armed.claimant ? words.claimOnly(holder, armed.holder.name) : words.claimNobody(armed.holder.name)}
                  </strong>{' '}
                  {armed.claimant && words.sharedEditor(holder)}
                </p>
              </li>
            ) : (
              <li className="warn">
                <TriangleAlert className="i" aria-hidden />
                <p>
                  <strong>
                    {lock && savedAt && savedAt > lock.seenSince.by
                      ? words.mayBeLostSince(holder, formatWhen(savedAt, now, language))
                      : words.mayBeLost(holder)}
                  </strong>{' '}
                  {words.noCopy}
                </p>
              </li>
            )}
            <li>
              <Undo2 className="i" aria-hidden />
              <p>{words.noRelease}</p>
            </li>
          </ul>
        )}

        <label className="reason-label" htmlFor={reasonId}>
          <span className="name">{words.reason}</span>
          <span className="t3 label">
            {words.reasonHint} <span className="num">{words.counter(reason.length, longestReason)}</span>
          </span>
        </label>
        <textarea
          id={reasonId}
          ref={focusedWhereTyped}
          rows={2}
          maxLength={longestReason}
          value={reason}
          readOnly={phase === 'sending'}
          onChange={event => setReason(event.target.value)}
        />

        <div className="ends">
          <Button
            tone="solid"
            size="l"
            busy={phase === 'sending'}
            off={!maySend}
            aria-keyshortcuts="Meta+Enter Control+Enter"
            onClick={send}
          >
            {phase === 'sending' ? words.sending : holder === null ? words.takeNow : words.now}
            {phase === 'ready' && <Kbd>{isMac ? '⌘↵' : 'Ctrl ↵'}</Kbd>}
          </Button>
          <Button size="l" onClick={onClose}>
            {phase === 'sending' ? all.close : words.cancel}
          </Button>
          {phase === 'sending' && <p className="t3">{words.sendingNote}</p>}
          {phase === 'ready' && why !== null && <p role="alert">{words[why]}</p>}
        </div>
      </div>
    </Dialog>
  )
}

/** Why there is nothing to send now, as the key of its sentence. */
function whyNot(draft: BoardDraft | undefined, me: Me, isFree: boolean) {
  if (!draft) return 'notOnBoard'
  if (draft.deletedAt !== undefined) return 'isGone'
  if (isMine(draft, me)) return 'isYours'
  if (draft.pending) return 'isPending'
  // A board that is behind the answer may still offer the other of the two: either of them is a right to take.
  const { take, takeOver } = draft.may
  return isFree || take || takeOver ? null : 'notAllowed'
}

/** The reason has the focus first: Enter there sends nothing. Not on touch, where it would raise the keyboard over the facts. */
function focusedWhereTyped(field: HTMLTextAreaElement | null) {
  if (field && matchMedia('(pointer: fine)').matches) field.setAttribute('autofocus', '')
}

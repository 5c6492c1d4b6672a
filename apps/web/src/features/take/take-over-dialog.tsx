import type { BoardDraft, Me } from '@lockdesk/contract'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { useMessages } from '../../i18n/messages.ts'
import { isMine } from '../../live/ability.ts'
import { Button } from '../../ui/button.tsx'
import '../../ui/field.css'
import { Dialog } from '../../ui/dialog.tsx'
import { isComposing } from '../../ui/keys.ts'
import { longestReason } from '../../ui/longest-reason.ts'
import { Notice } from '../../ui/notice.tsx'
import { Kbd } from '../../ui/tag.tsx'
import type { DialogState } from './dialog-state.ts'
import { identityIn, nameBehind, partySeen } from './intention.ts'
import { noticeOf } from './notice.ts'
import { Party, Stakes } from './party.tsx'
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
  const all = useMessages(takeMessages)
  const words = all.dialog
  const reasonId = useId()
  const [reason, setReason] = useState('')
  const { armed, phase, isRearmed, answer } = state
  const holder = nameBehind(armed.holder, armed.claimant, partySeen(state.asked))
  const isSettled = useSettled(`${armed.holder?.id} ${armed.claimant?.id}`)

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

  return (
    <Dialog
      title={holder === null ? words.titleFree(armed.draftName) : words.title(armed.draftName)}
      lead={place}
      onClose={onClose}
      className="takeover"
    >
      <div role="presentation" onKeyDown={onKeyDown}>
        <Party armed={armed} draft={draft} me={me} />

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

        <Stakes armed={armed} draft={draft} me={me} />

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

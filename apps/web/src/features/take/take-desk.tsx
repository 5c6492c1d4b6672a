import type { BoardDraft, Me } from '@lockdesk/contract'
import { createContext, use, useCallback, useInsertionEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { draftKey } from '../../api/draft-key.ts'
import { useMessages } from '../../i18n/messages.ts'
import { isMine } from '../../live/ability.ts'
import { useLatest } from '../../ui/latest.ts'
import type { TakeAnswer } from './answer.ts'
import { type DialogState, hear, keepsDialogOpen, openDialog, send } from './dialog-state.ts'
import { type Intention, identityIn, intentionOf, requestOf } from './intention.ts'
import { isPending, noticeOf, settledNotice } from './notice.ts'
import { OpenDialog } from './open-dialog.tsx'
import { Settling } from './settling.tsx'
import { type Sending, useSendOnce } from './send-once.ts'
import { useTell } from './tell.tsx'
import { takeMessages } from './words.ts'

/** What the board and the panel can ask for: they never send a take themselves. */
export interface TakeDesk extends Pick<Sending, 'states' | 'dismiss'> {
  /** Takes a free lock: one click, no dialog. To be called by a press only, never by an effect. */
  take(draft: BoardDraft): void
  /** Opens the dialog for a held lock. */
  takeOver(draft: BoardDraft): void
  /** The keys (`draftKey`) of drafts whose take is under way. */
  taking: ReadonlySet<string>
  /** Says that a draft's notices stand beside it on the page, so that no toast repeats them. @returns takes it back */
  standBeside(key: string): () => void
}

const TakeDeskContext = createContext<TakeDesk | null>(null)

export function useTakeDesk(): TakeDesk {
  const desk = use(TakeDeskContext)
  if (!desk) throw new Error('locks are taken below TakeDeskProvider')
  return desk
}

/**
 * Takes locks for the pages below: one press, one call, no repeat. Nothing is shown as taken before the server has said
 * so; the board itself changes by its stream.
 */
export function TakeDeskProvider({ me, children }: { me: Me; children: ReactNode }) {
  const { states, sendOnce, dismiss } = useSendOnce()
  /** A new identity for each opening: the answer to a dialog that was closed must not reach the next one. */
  const [dialog, setDialog] = useState<{ opening: object; state: DialogState } | null>(null)
  const latestDialog = useLatest(dialog)

  const takeOver = useCallback((draft: BoardDraft) => setDialog({ opening: {}, state: openDialog(draft) }), [])
  const words = useMessages(takeMessages)
  const beside = useRef(new Set<string>())
  const standBeside = useCallback((key: string) => {
    beside.current.add(key)
    return () => void beside.current.delete(key)
  }, [])

  /** What is pressed in a toast, which outlives the render that made it. */
  const pressTake = useRef<TakeDesk['take']>(null)
  const show = useTell(me, draft => pressTake.current?.(draft))
  const latestTell = useLatest((answer: TakeAnswer, intention: Intention) => {
    const notice = noticeOf(answer, { intention, identity: identityIn(me, intention.ref) }, words)
    const isBeside = beside.current.has(draftKey(intention.ref)) && answer.kind !== 'outcome' && !isPending(answer)
    if (!isBeside) show(notice, intention, answer)
  })
  const take = useCallback(
    (draft: BoardDraft) => {
      // What is held is never taken by one click, whatever the caller saw.
      if (draft.lock !== null) return takeOver(draft)
      const intention = intentionOf(draft)
      void sendOnce(intention, requestOf(intention)).then(answer => answer && latestTell.current(answer, intention))
    },
    [sendOnce, takeOver, latestTell],
  )
  useInsertionEffect(() => {
    pressTake.current = take
  }, [take])

  const see = useCallback(
    (change: (state: DialogState) => DialogState) =>
      setDialog(open => {
        if (!open) return open
        const state = change(open.state)
        return state === open.state ? open : { ...open, state }
      }),
    [],
  )
  const confirm = async (reason: string) => {
    if (!dialog) return
    const { opening, state } = dialog
    const intention = state.armed
    setDialog({ opening, state: send(state) })
    const answer = await sendOnce(intention, requestOf(intention, reason))
    const isOpen = latestDialog.current?.opening === opening
    if (answer && isOpen && keepsDialogOpen(answer)) return see(now => hear(now, answer))
    if (isOpen) setDialog(null)
    if (answer) latestTell.current(answer, intention)
  }

  const desk = useMemo<TakeDesk>(() => {
    const taking = new Set([...states].filter(([, state]) => state.kind === 'sending').map(([key]) => key))
    return { take, takeOver, taking, states, dismiss, standBeside }
  }, [take, takeOver, states, dismiss, standBeside])
  return (
    <TakeDeskContext value={desk}>
      {children}
      {[...states].map(
        ([key, state]) =>
          state.kind === 'told' &&
          isPending(state.answer) && (
            <Settling
              key={key}
              draftRef={state.intention.ref}
              onSettled={draft => {
                dismiss(key)
                show(settledNotice(draft, isMine(draft, me), words), intentionOf(draft))
              }}
            />
          ),
      )}
      {dialog && (
        <OpenDialog
          state={dialog.state}
          me={me}
          onSee={see}
          onSend={reason => void confirm(reason)}
          onClose={() => setDialog(null)}
        />
      )}
    </TakeDeskContext>
  )
}

import type { DraftRef } from '@lockdesk/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { useId, useState, type KeyboardEvent } from 'react'
import { draftKey } from '../../api/draft-key.ts'
import { changeReason } from '../../api/drafts.ts'
import { isProblem } from '../../api/problem-error.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useReadBoardAgain } from '../../live/provider.tsx'
import { longestReason } from '../../ui/longest-reason.ts'
import { Button } from '../../ui/button.tsx'
import '../../ui/field.css'
import { isComposing } from '../../ui/keys.ts'
import { draftMessages } from './words.ts'

export interface ReasonFactProps {
  draftRef: DraftRef
  reason: string
  /** Only whose claim it is changes its reason. */
  mayEdit: boolean
}

/** Why the draft is held; whoever holds it can change that in place. */
export function ReasonFact({ draftRef, reason, mayEdit }: ReasonFactProps) {
  const words = useMessages(draftMessages).facts
  // A link that ends in #reason ("Add a reason") opens the panel with the cursor here.
  const isAsked = useLocation({ select: ({ hash }) => hash === 'reason' })
  const [isEditing, setEditing] = useState(isAsked)
  const [wasAsked, setWasAsked] = useState(isAsked)
  if (isAsked !== wasAsked) {
    setWasAsked(isAsked)
    if (isAsked) setEditing(true)
  }
  if (mayEdit && isEditing) {
    return <ReasonForm draftRef={draftRef} reason={reason} onDone={() => setEditing(false)} />
  }
  return (
    <span className="reason">
      <span className={reason === '' ? 't3' : undefined}>{reason === '' ? words.noReason : reason}</span>
      {mayEdit && (
        <Button
          tone="bare"
          icon
          aria-label={reason === '' ? words.addReason : words.editReason}
          onClick={() => setEditing(true)}
        >
          <Pencil className="i" aria-hidden />
        </Button>
      )}
    </span>
  )
}

function ReasonForm({ draftRef, reason, onDone }: Omit<ReasonFactProps, 'mayEdit'> & { onDone(): void }) {
  const words = useMessages(draftMessages).facts
  const queries = useQueryClient()
  const readBoardAgain = useReadBoardAgain()
  const hintId = useId()
  const [text, setText] = useState(reason)
  const save = useMutation({
    mutationFn: () => changeReason(draftRef, text.trim()),
    onSuccess() {
      readBoardAgain()
      onDone()
      return queries.invalidateQueries({ queryKey: ['draft', draftKey(draftRef)] })
    },
  })
  const submit = () => {
    if (!save.isPending) save.mutate()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Escape') {
      // Only the form closes, not the panel around it.
      event.stopPropagation()
      event.preventDefault()
      onDone()
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      submit()
    }
  }
  return (
    <div className="reason-form">
      <textarea
        rows={2}
        ref={focusAtEnd}
        aria-label={words.reason}
        aria-describedby={hintId}
        maxLength={longestReason}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <p id={hintId} className="t3 small">
        {words.reasonHint} <span className="num">{words.counter(text.length, longestReason)}</span>
      </p>
      {save.isError && (
        <p role="alert" className="fault">
          {words.reasonFailed} {isProblem(save.error) && (save.error.problem.detail ?? save.error.problem.title)}
        </p>
      )}
      <div className="actions">
        <Button tone="solid" busy={save.isPending} onClick={submit}>
          {save.isPending ? words.savingReason : words.saveReason}
        </Button>
        <Button onClick={onDone}>{words.cancel}</Button>
      </div>
    </div>
  )
}

/** Whoever asked for the form wants to type. */
function focusAtEnd(field: HTMLTextAreaElement | null) {
  if (!field) return
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}

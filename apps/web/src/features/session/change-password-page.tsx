import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isProblem } from '../../api/problem-error.ts'
import { meQuery } from '../../api/queries.ts'
import { changePassword, signOut } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Brand } from '../../ui/brand.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useToasts } from '../../ui/toast.tsx'
import { Idea } from './idea.tsx'
import { textOf } from './form-text.ts'
import { sessionMessages } from './messages.ts'
import './session.css'

const shortest = 12

/** After signing in with a one-time password: nothing else opens before it is changed. */
export function ChangePasswordPage() {
  const words = useMessages(sessionMessages)
  const queries = useQueryClient()
  const askAgain = () => queries.invalidateQueries({ queryKey: meQuery.queryKey })
  const leave = useMutation({ mutationFn: signOut, onSettled: askAgain })
  return (
    <main className="sign-in">
      <title>{words.change}</title>
      <div className="side">
        <div className="column">
          <div className="head">
            <Brand />
            <b>Lockdesk</b>
          </div>
          <h1>{words.changeTitle}</h1>
          <p>{words.changeText}</p>
          <ChangePasswordForm onDone={askAgain} />
          <Button tone="bare" className="leave" onClick={() => leave.mutate()}>
            {words.signOut}
          </Button>
        </div>
      </div>
      <Idea />
    </main>
  )
}

export function ChangePasswordDialog({ onClose }: { onClose(): void }) {
  const words = useMessages(sessionMessages)
  return (
    <Dialog title={words.change} onClose={onClose}>
      <ChangePasswordForm onDone={onClose} />
    </Dialog>
  )
}

function ChangePasswordForm({ onDone }: { onDone(): unknown }) {
  const words = useMessages(sessionMessages)
  const toasts = useToasts()
  const [isShort, setShort] = useState(false)
  const change = useMutation({
    mutationFn: ({ current, next }: { current: string; next: string }) => changePassword(current, next),
    onSuccess: () => {
      toasts.show({ title: words.changed })
      return onDone()
    },
  })
  const { error } = change
  const isWrong = isProblem(error, 'wrong-credentials')
  const fault = isShort
    ? words.tooShort
    : error === null || isWrong
      ? undefined
      : isProblem(error)
        ? error.message
        : words.away
  return (
    <form
      className="change-password"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        const next = textOf(form, 'next')
        setShort(next.length < shortest)
        if (next.length >= shortest && !change.isPending) change.mutate({ current: textOf(form, 'current'), next })
      }}
    >
      <Field
        label={words.current}
        name="current"
        type="password"
        autoComplete="current-password"
        required
        fault={isWrong ? words.wrongCurrent : undefined}
      />
      <Field
        label={words.next}
        name="next"
        type="password"
        autoComplete="new-password"
        required
        hint={words.nextHint}
        fault={fault}
      />
      <div className="sr" role="alert">
        {isWrong ? words.wrongCurrent : fault}
      </div>
      <Button type="submit" tone="solid" size="l" busy={change.isPending}>
        {words.change}
      </Button>
    </form>
  )
}

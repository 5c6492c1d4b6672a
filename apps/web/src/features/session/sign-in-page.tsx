import type { DemoPeople } from '@lockdesk/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowRight, Eye, EyeOff, FlaskConical, LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import { isProblem } from '../../api/problem-error.ts'
import { demoPeopleQuery, meQuery } from '../../api/queries.ts'
import { signInAsDemo, signInByEmail } from '../../api/session.ts'
import { languageNames, useLanguageChoice } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Brand } from '../../ui/brand.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { textOf } from './form-text.ts'
import { Idea } from './idea.tsx'
import { sessionMessages } from './messages.ts'
import './session.css'

/** Everything that another person saw goes, then the page asks anew who is there. */
function useEnter() {
  const queries = useQueryClient()
  return () => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'demo-people' })
    return queries.invalidateQueries({ queryKey: meQuery.queryKey })
  }
}

/** Signing in, in place: the address asked for stays in the bar and is what one sees afterwards. */
export function SignInPage() {
  const words = useMessages(sessionMessages)
  const { language, choose } = useLanguageChoice()
  const other = language === 'en' ? 'zh' : 'en'
  const demo = useQuery(demoPeopleQuery)
  const people = demo.data?.people ?? []
  return (
    <main className="sign-in">
      <title>{words.pageTitle}</title>
      <div className="side">
        <div className="column">
          <div className="head">
            <Brand />
            <b>Lockdesk</b>
            <span className="grow" />
            <button
              type="button"
              className="chip"
              aria-label={`${words.language}: ${languageNames[other]}`}
              lang={other}
              onClick={() => choose(other)}
            >
              {languageNames[other]}
            </button>
          </div>
          <h1>{words.title}</h1>
          {people.length > 0 && <DemoDoor people={people} />}
          {people.length > 0 && (
            <div className="or">
              <span>{words.or}</span>
            </div>
          )}
          {!demo.isPending && <EmailDoor />}
        </div>
      </div>
      <Idea />
    </main>
  )
}

function DemoDoor({ people }: DemoPeople) {
  const words = useMessages(sessionMessages)
  const enter = useEnter()
  const signIn = useMutation({ mutationFn: signInAsDemo, onSuccess: enter })
  return (
    <>
      <Notice icon={<FlaskConical className="i" aria-hidden />}>
        <strong>{words.demo}</strong> {words.demoLine}
      </Notice>
      <ul className="people">
        {people.map(({ id, name, role }) => (
          <li key={id}>
            <button type="button" onClick={() => signIn.mutate(id)}>
              <Avatar name={name} size="l" />
              <span className="grow">
                <span className="row-x">
                  <b>{name}</b>
                  <span className="t3">{words.role[role] ?? role}</span>
                </span>
                <span>{words.does[role]}</span>
              </span>
              {signIn.isPending && signIn.variables === id ? (
                <LoaderCircle className="i spin" aria-hidden />
              ) : (
                <ArrowRight className="i" aria-hidden />
              )}
            </button>
          </li>
        ))}
      </ul>
      {signIn.error && (
        <Notice tone="err" role="alert">
          {isProblem(signIn.error) ? signIn.error.message : words.away}
        </Notice>
      )}
    </>
  )
}

function EmailDoor() {
  const words = useMessages(sessionMessages)
  const enter = useEnter()
  const [shows, setShows] = useState(false)
  const signIn = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signInByEmail(email, password),
    onSuccess: enter,
  })
  const fault = signIn.error === null ? undefined : faultOf(signIn.error, words)
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        if (!signIn.isPending) signIn.mutate({ email: textOf(form, 'email'), password: textOf(form, 'password') })
      }}
    >
      <Field label={words.email} name="email" type="email" autoComplete="username" required maxLength={254} />
      <Field
        label={words.password}
        name="password"
        type={shows ? 'text' : 'password'}
        autoComplete="current-password"
        required
        maxLength={1024}
        fault={fault}
        after={
          <Button tone="bare" icon aria-label={shows ? words.hide : words.show} onClick={() => setShows(!shows)}>
            {shows ? <EyeOff className="i" aria-hidden /> : <Eye className="i" aria-hidden />}
          </Button>
        }
      />
      <div className="sr" role="alert">
        {fault}
      </div>
      <Button type="submit" tone="solid" size="l" busy={signIn.isPending}>
        {words.signIn}
      </Button>
    </form>
  )
}

function faultOf(error: Error, words: (typeof sessionMessages)['en']): string {
  if (isProblem(error, 'wrong-credentials')) return words.wrong
  if (isProblem(error, 'too-many')) {
    return words.tooMany(error.retryAfterMs === undefined ? undefined : Math.ceil(error.retryAfterMs / 1000))
  }
  return isProblem(error) ? error.message : words.away
}

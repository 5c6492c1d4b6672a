import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect } from 'react'
import { isProblem } from '../api/problem-error.ts'
import { meQuery } from '../api/queries.ts'
import { TakeDeskProvider } from '../features/take/take-desk.tsx'
import { useMessages } from '../i18n/messages.ts'
import { LiveProvider } from '../live/provider.tsx'
import { useAnnounce } from '../ui/announcer.tsx'
import { AwayScreen } from './error-screen.tsx'
import { appMessages } from './messages.ts'
import { Shell } from './shell.tsx'

// Who is signed in needs neither.
const SignInPage = lazy(async () => ({ default: (await import('../features/session/sign-in-page.tsx')).SignInPage }))
const ChangePasswordPage = lazy(async () => ({
  default: (await import('../features/session/change-password-page.tsx')).ChangePasswordPage,
}))

const awayRetryMs = 5_000

/** The door: whoever is not signed in signs in here, at the address asked for, and then sees what stands there. */
export function Root() {
  const words = useMessages(appMessages)
  const { data: me, error, refetch, isFetching } = useQuery(meQuery)
  const announce = useAnnounce()
  const onChanged = useCallback((count: number) => announce(words.changed(count)), [announce, words])

  const isSignedOut = isProblem(error, 'not-signed-in')
  const isAway = error !== null && !isSignedOut && !me
  useEffect(() => {
    if (!isAway || isFetching) return
    const timer = setTimeout(() => void refetch(), awayRetryMs)
    return () => clearTimeout(timer)
  }, [isAway, isFetching, refetch])

  if (isSignedOut) {
    return (
      <Suspense>
        <SignInPage />
      </Suspense>
    )
  }
  if (isAway) return <AwayScreen onRetry={() => void refetch()} />
  if (!me) return null
  if (me.mustChangePassword) {
    return (
      <Suspense>
        <ChangePasswordPage />
      </Suspense>
    )
  }
  return (
    <LiveProvider key={me.person.id} me={me} onChanged={onChanged}>
      <TakeDeskProvider me={me}>
        <Shell>
          <Outlet />
        </Shell>
      </TakeDeskProvider>
    </LiveProvider>
  )
}

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { isProblem } from './api/problem-error.ts'
import { meQuery } from './api/queries.ts'
import { serverClock } from './api/server-clock.ts'
import { mendedPath } from './app/own-path.ts'
import { createAppRouter } from './app/router.tsx'
import { LanguageProvider } from './i18n/language.tsx'
import { AnnouncerProvider } from './ui/announcer.tsx'
import { ClockProvider } from './ui/clock.tsx'
import { LetterKeysProvider } from './ui/letter-keys.tsx'
import { ToastProvider } from './ui/toast.tsx'
import '@fontsource-variable/inter/wght.css'
import './ui/tokens.css'
import './ui/base.css'

// Before the router writes the address into the history, which would throw for a path that reads as another site.
const mended = mendedPath(location.pathname)
if (mended !== null) history.replaceState(null, '', `${mended}${location.search}${location.hash}`)

/** Any answer may be the one that tells that the session is over. */
function whenRefused(error: Error, queryKey?: readonly unknown[]) {
  if (queryKey?.[0] === meQuery.queryKey[0]) return
  if (isProblem(error, 'not-signed-in', 'password-change-needed')) {
    void queries.invalidateQueries({ queryKey: meQuery.queryKey })
  }
}

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => whenRefused(error, query.queryKey) }),
  mutationCache: new MutationCache({ onError: error => whenRefused(error) }),
  // A browser that thinks it is offline may still reach a server nearby; asking tells.
  defaultOptions: { queries: { networkMode: 'always' }, mutations: { networkMode: 'always', retry: 0 } },
})
const router = createAppRouter()

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <ClockProvider now={serverClock.now}>
          <AnnouncerProvider>
            <ToastProvider>
              <LetterKeysProvider>
                <RouterProvider router={router} />
              </LetterKeysProvider>
            </ToastProvider>
          </AnnouncerProvider>
        </ClockProvider>
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
)

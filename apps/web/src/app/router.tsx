import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router'
import { readBoardSearch } from '../features/board/search.ts'
import { AuditRoute } from './audit-route.tsx'
import { BrokenScreen, NotFoundScreen } from './error-screen.tsx'
import { DraftsRoute } from './drafts-route.tsx'
import { ownPath } from './own-path.ts'
import { Root } from './root.tsx'
import { parseSearch, stringifySearch, type FlatSearch } from './search.ts'

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundScreen })

const drafts = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: readBoardSearch,
  component: DraftsRoute,
})

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: (raw: Record<string, unknown>): FlatSearch =>
    Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, String(value)])),
  component: AuditRoute,
})

/** Signing in happens in place, at whatever address was asked for; this one is for links that want only to sign in. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { returnTo?: string } =>
    typeof raw['returnTo'] === 'string' ? { returnTo: raw['returnTo'] } : {},
  component: function SignedIn() {
    const url = new URL(ownPath(signIn.useSearch().returnTo), location.origin)
    const to = url.pathname === '/audit' ? '/audit' : '/'
    return <Navigate to={to} search={parseSearch(url.search)} replace />
  },
})

export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren([drafts, audit, signIn]),
    parseSearch,
    stringifySearch,
    defaultErrorComponent: BrokenScreen,
    defaultStructuralSharing: true,
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}

import type { MiddlewareHandler } from 'hono'
import type { SessionCookie } from '../access/session-cookie.ts'
import type { Sessions } from '../access/sessions.ts'
import { ProblemError } from './problem.ts'
import { beforePasswordChange, publicRoutes } from './public-routes.ts'
import type { RouteTable } from './route-table.ts'
import type { RouteEnv } from './router.ts'

const open: ReadonlySet<string> = new Set(publicRoutes)
const unfinished: ReadonlySet<string> = new Set(beforePasswordChange)

/** Tells what does not exist, to anybody: a path by 404, a method by 405. What is no route of the API is left to the page. */
export function existing(table: () => RouteTable): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    const known = table()(c.req.path)
    c.set('route', known?.pattern ?? 'page')
    if (known && !known.methods.includes(c.req.method))
      throw new ProblemError('method-not-allowed', {
        detail: `${known.pattern} is asked by ${known.methods.join(', ')}.`,
        allow: known.methods.join(', '),
      })
    if (!known && isApi(c.req.path))
      throw new ProblemError('not-found', { detail: 'There is nothing at this address.' })
    await next()
  }
}

/** Lets through what is public, and otherwise only who is signed in; sets the caller. */
export function signedIn(sessions: Sessions, cookie: SessionCookie): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    if (!isApi(c.req.path)) return next()
    const route = `${c.req.method === 'HEAD' ? 'GET' : c.req.method} ${c.get('route')}`
    if (open.has(route)) return next()
    const token = cookie.read(c)
    const caller = token === undefined ? null : await sessions.caller(token)
    if (!caller) throw new ProblemError('not-signed-in', { detail: 'Sign in first, or again: there is no session.' })
    if (caller.mustChangePassword && !unfinished.has(route))
      throw new ProblemError('password-change-needed', {
        detail: 'The password was given by somebody else. Choose one of your own, then go on.',
      })
    c.set('caller', caller)
    await next()
  }
}

export function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/')
}

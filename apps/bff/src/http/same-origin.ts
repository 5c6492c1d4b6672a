import type { MiddlewareHandler } from 'hono'
import type { SessionCookie } from '../access/session-cookie.ts'
import { ProblemError } from './problem.ts'
import type { RouteEnv } from './router.ts'

/**
 * Whether a write comes from a page of ours. `Sec-Fetch-Site` decides, since no page can write it; where a client does not send it,
 * `Origin` does. A client that sends neither is no browser: `unsaid`.
 */
export function judgeOrigin(
  headers: { site: string | undefined; origin: string | undefined },
  publicOrigin: string,
): 'own' | 'foreign' | 'unsaid' {
  if (headers.site !== undefined) return headers.site === 'same-origin' ? 'own' : 'foreign'
  if (headers.origin !== undefined) return headers.origin === publicOrigin ? 'own' : 'foreign'
  return 'unsaid'
}

/**
 * Refuses writes that another site made a browser send. Whoever brings our cookie must say where the request comes from;
 * without the cookie nothing is done in anybody's name, and only what is plainly foreign is refused (signing a victim in as somebody else).
 */
export function sameOrigin(publicUrl: string, cookie: SessionCookie): MiddlewareHandler<RouteEnv> {
  const publicOrigin = new URL(publicUrl).origin
  return async (c, next) => {
    if (isWrite(c.req.method)) {
      const headers = { site: c.req.header('sec-fetch-site'), origin: c.req.header('origin') }
      const origin = judgeOrigin(headers, publicOrigin)
      if (origin === 'foreign' || (origin === 'unsaid' && cookie.read(c) !== undefined))
        throw new ProblemError('foreign-origin', {
          detail: `Only pages of ${publicOrigin} may do this. A client that is no browser must send this as its Origin.`,
        })
    }
    await next()
  }
}

/** Only these bodies are read; it also keeps out what an HTML form of another site can send. */
export function jsonOnly(): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    if (isWrite(c.req.method)) {
      const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
      if (type !== 'application/json')
        throw new ProblemError('unsupported-type', { detail: 'Send the body as application/json.' })
    }
    await next()
  }
}

function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

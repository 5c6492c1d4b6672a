import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

export interface SessionCookie {
  readonly name: string
  read(c: Context): string | undefined
  set(c: Context, token: string, maxAgeSeconds: number): void
  clear(c: Context): void
}

/**
 * The cookie follows the origin that people use, not the connection: behind a proxy that ends TLS the request arrives by http,
 * and the cookie is secure all the same. Its name tells which it is, so that a page of another scheme cannot plant one.
 */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const secure = new URL(publicUrl).protocol === 'https:'
  const name = secure ? '__Host-lockdesk' : 'lockdesk'
  const flags = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const
  return {
    name,
    read: c => getCookie(c, name),
    set: (c, token, maxAgeSeconds) => setCookie(c, name, token, { ...flags, maxAge: maxAgeSeconds }),
    clear: c => void deleteCookie(c, name, flags),
  }
}

import type { MiddlewareHandler } from 'hono'
import { isApi } from './gate.ts'
import type { RouteEnv } from './router.ts'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
].join('; ')

/** What every answer carries, the API's too. */
export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(new URL(publicUrl).protocol === 'https:' && { 'strict-transport-security': 'max-age=31536000' }),
  }
}

/**
 * Puts the headers on before the handler runs, so that each answer is built once.
 * A live stream is written past Hono, to the socket: what is set there beforehand goes out with its head.
 */
export function security(publicUrl: string): MiddlewareHandler<RouteEnv> {
  const headers = Object.entries(securityHeaders(publicUrl))
  return async (c, next) => {
    for (const [name, value] of headers) c.header(name, value)
    if (isApi(c.req.path)) c.header('cache-control', 'no-store')
    if (c.req.path !== '/api/live') return next()
    for (const [name, value] of headers) c.env?.outgoing?.setHeader(name, value)
    await next()
    // Node's adapter writes the head of a plain answer without looking whether it is marked as sent; one whose body was looked at is not plain.
    void c.res.body
  }
}

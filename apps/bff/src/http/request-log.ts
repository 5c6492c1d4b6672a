import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'
import type { RouteEnv } from './router.ts'

const countedMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Gives each request an id, and logs and measures how it ended. The log names the route's pattern, never the address itself:
 * no query, body, cookie or name gets there, whatever somebody writes into them.
 */
export function requestLog(log: Logger, metrics: Metrics): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    const requestId = randomUUID()
    c.set('requestId', requestId)
    c.set('route', 'page')
    c.header('x-request-id', requestId)
    const began = performance.now()
    await next()
    const ms = performance.now() - began
    const method = countedMethods.has(c.req.method) ? c.req.method : 'other'
    const route = c.get('route')
    const { status } = c.res
    metrics.observeRequest({ method, route, status, seconds: ms / 1000 })
    log.info({ requestId, method, route, status, ms: Math.round(ms) }, 'request')
  }
}

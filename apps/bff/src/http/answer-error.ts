import { UpstreamError } from '@lockdesk/flink-client'
import type { ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from 'pino'
import { isStoreFault } from '../database/store-fault.ts'
import { LedgerUnavailable } from '../ledger/ledger.ts'
import { ProblemError, problemBody } from './problem.ts'
import type { RouteEnv } from './router.ts'

/** Answers every failure as a problem. What is not meant for people is logged under the request's id, and only that id is told. */
export function answerError(log: Logger): ErrorHandler<RouteEnv> {
  return (thrown, c) => {
    const error = asProblem(thrown)
    if (error.code === 'internal' || error.code === 'ledger-unavailable')
      log.error({ requestId: c.get('requestId'), route: c.get('route'), err: thrown }, 'a request failed')
    const { allow, retryAfterSeconds } = error.facts
    if (allow !== undefined) c.header('allow', allow)
    if (retryAfterSeconds !== undefined) c.header('retry-after', String(retryAfterSeconds))
    return c.body(JSON.stringify(problemBody(error)), error.status, { 'content-type': 'application/problem+json' })
  }
}

function asProblem(thrown: Error): ProblemError {
  if (thrown instanceof ProblemError) return thrown
  if (thrown instanceof LedgerUnavailable)
    return new ProblemError('ledger-unavailable', {
      detail: 'Lockdesk cannot write its ledger, so nothing was done. Reading goes on; ask whoever runs Lockdesk.',
    })
  if (isStoreFault(thrown))
    return new ProblemError('ledger-unavailable', {
      detail: 'The database of Lockdesk does not answer as it should, so nothing was done. Try again in a moment.',
    })
  if (thrown instanceof UpstreamError)
    return new ProblemError('cloud-unavailable', {
      detail: thrown.title,
      ...(thrown.requestId !== undefined && { requestId: thrown.requestId }),
      ...(thrown.errorCode !== undefined && { errorCode: thrown.errorCode }),
    })
  // The framework's own: JSON that cannot be read, a content type that is not declared.
  if (thrown instanceof HTTPException && thrown.status === 415)
    return new ProblemError('unsupported-type', { detail: 'Send the body as application/json.' })
  if (thrown instanceof HTTPException && thrown.status === 413) return tooLarge()
  if (thrown instanceof HTTPException && thrown.status < 500)
    return new ProblemError('bad-request', { detail: 'The body is not JSON.' })
  return new ProblemError('internal', { detail: 'Nothing more can be said here. The log has the cause.' })
}

/** No body of the API needs as much. */
export const mostBodyBytes = 64 * 1024

export function tooLarge(): ProblemError {
  return new ProblemError('too-large', { detail: 'A request may have 64 KB at most.' })
}

import type { Problem } from '@lockdesk/contract'
import { NoAnswer, ProblemError } from './problem-error.ts'
import { serverClock } from './server-clock.ts'

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON; a write without one sends `{}`, because every write needs the content type. */
  body?: unknown
  signal?: AbortSignal | undefined
  /** The browser's own, but for tests. */
  send?: typeof fetch
}

/**
 * Asks Lockdesk's own API. The answer is trusted to be what the contract says: both come from one build.
 * @throws ProblemError the server answered with a problem
 * @throws NoAnswer nothing came back, or something that is not Lockdesk's (a proxy's page)
 */
export async function request<T>(
  path: string,
  { method = 'GET', body, signal, send = fetch }: RequestOptions = {},
): Promise<T> {
  const init: RequestInit = { method, headers: { accept: 'application/json' }, credentials: 'same-origin' }
  if (signal) init.signal = signal
  if (method !== 'GET') {
    init.headers = { accept: 'application/json', 'content-type': 'application/json' }
    init.body = JSON.stringify(body ?? {})
  }
  const sentAt = Date.now()
  let response: Response
  try {
    response = await send(path, init)
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new NoAnswer('Lockdesk did not answer.', { cause })
  }
  serverClock.learn(response.headers.get('date'), sentAt)
  if (response.status === 204) return undefined as T
  const type = response.headers.get('content-type') ?? ''
  if (!/\bjson\b/.test(type)) throw new NoAnswer(`Something in between answered with ${response.status}.`)
  let answer: unknown
  try {
    answer = await response.json()
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new NoAnswer('The answer of Lockdesk broke off.', { cause })
  }
  if (response.ok) return answer as T
  throw new ProblemError(asProblem(answer, response.status), retryAfterMs(response.headers.get('retry-after')))
}

/** A proxy may answer with JSON of its own: without a code it still becomes a problem, an internal one. */
function asProblem(answer: unknown, status: number): Problem {
  const told = typeof answer === 'object' && answer !== null ? (answer as Partial<Problem>) : {}
  return { type: 'about:blank', title: `HTTP ${status}`, code: 'internal', ...told, status }
}

function retryAfterMs(header: string | null): number | undefined {
  const seconds = Number(header)
  return header !== null && header.trim() !== '' && Number.isFinite(seconds) && seconds >= 0
    ? seconds * 1000
    : undefined
}

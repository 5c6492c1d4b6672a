import type { Problem, TakeOutcome } from '@lockdesk/contract'

/** What came back of one take that was sent once. */
export type TakeAnswer =
  | { kind: 'outcome'; outcome: TakeOutcome }
  /** `retryAfterSeconds`: how long to wait, where the server says so. */
  | { kind: 'problem'; problem: Problem; retryAfterSeconds: number | null }
  /** No answer that can be read: the request may have been carried out all the same. */
  | { kind: 'lost' }

/** Seconds of a `Retry-After` header; null for a date, words or nonsense. */
export function secondsOf(retryAfter: string | null): number | null {
  if (retryAfter === null || !/^\d{1,6}$/.test(retryAfter.trim())) return null
  return Number(retryAfter)
}

function hasText<K extends string>(body: unknown, key: K): body is Record<K, string> {
  return typeof body === 'object' && body !== null && typeof (body as Record<string, unknown>)[key] === 'string'
}

/** Decides by the status and the members that a take's answer always has. What is neither, a proxy's page say, is `lost`. */
export function readAnswer(status: number, body: unknown, retryAfter: string | null): TakeAnswer {
  // The server's own types, trusted once their telling member is there: the server parses, the page does not again.
  if (status === 200 && hasText(body, 'outcome')) return { kind: 'outcome', outcome: body as unknown as TakeOutcome }
  if (status >= 400 && hasText(body, 'code')) {
    return { kind: 'problem', problem: body as unknown as Problem, retryAfterSeconds: secondsOf(retryAfter) }
  }
  return { kind: 'lost' }
}

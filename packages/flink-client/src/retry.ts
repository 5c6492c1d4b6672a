import type { IncomingHttpHeaders } from 'node:http'
import type { Purpose } from './operations.ts'

/** Attempts of one read, the first included. A look-up is sent once: whoever asks may ask again. */
export const attemptsFor = (purpose: Purpose): number => (purpose === 'lookup' ? 1 : 3)

/** Longest wait that is believed: what the official client believes too. */
export const longestRetryAfterMs = 120_000

const firstBackoffMs = 200
const shortestDelayMs = 50

/**
 * What `x-acs-retry-after` asks for, in ms, capped. Absent, empty, words, a date, zero and less all count as absent: read as a
 * number they would become NaN or no wait at all, and an immediate loop.
 */
export function retryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const header = headers['x-acs-retry-after']
  const text = typeof header === 'string' ? header.trim() : ''
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined
  const ms = Math.ceil(Number(text))
  return ms > 0 ? Math.min(ms, longestRetryAfterMs) : undefined
}

/**
 * How long to wait before attempt number `attempt + 1`. Full jitter, so that many who failed together do not come back together;
 * never less than the cloud asked for, and never at once.
 * @param attempt number of the attempt that failed, from 1
 * @param random from [0, 1)
 */
export function delayAfter(attempt: number, askedMs: number | undefined, random: number): number {
  const jittered = random * firstBackoffMs * 2 ** attempt
  return Math.max(shortestDelayMs, (askedMs ?? 0) + jittered)
}

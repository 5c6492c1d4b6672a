import { type Sink, SinkAway } from './sink.ts'

export interface HttpSinkOptions {
  url: string
  /** Sent as a bearer token. */
  token: string | null
  /** Of one request. */
  timeoutMs?: number
  fetch?: typeof fetch
  now?: () => number
}

/** A collector is believed in no longer wait than this. */
const longestRetryAfterMs = 10 * 60_000

/**
 * Posts batches as lines of JSON. A batch that is sent again has the same `Idempotency-Key`. Any answer but 2xx is no for the present; redirects
 * are not followed.
 */
export function createHttpSink(options: HttpSinkOptions): Sink {
  const { url, token, timeoutMs = 15_000, fetch: send = fetch, now = Date.now } = options
  const { host } = new URL(url)
  const headers = {
    'content-type': 'application/x-ndjson',
    ...(token !== null && { authorization: `Bearer ${token}` }),
  }

  return {
    async send({ lines, key }, signal) {
      let answer: Response
      try {
        answer = await send(url, {
          method: 'POST',
          headers: { ...headers, 'idempotency-key': key },
          body: lines,
          redirect: 'manual',
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        })
        await answer.body?.cancel()
      } catch (error) {
        throw new SinkAway(`The sink at ${host} did not answer (${reasonOf(error)}).`, { cause: error })
      }
      if (!answer.ok)
        throw new SinkAway(`The sink at ${host} answered ${answer.status || 'with a redirect'}.`, {
          retryAfterMs: retryAfter(answer.headers.get('retry-after'), now()),
        })
    },
  }
}

function reasonOf(error: unknown): string {
  const { name = '', cause } = error as { name?: string; cause?: { code?: string } }
  return cause?.code ?? (name === 'TimeoutError' ? 'in time' : name || 'unknown')
}

/** Seconds or a date; anything else counts as absent. */
function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return ms > 0 ? Math.min(ms, longestRetryAfterMs) : null
}

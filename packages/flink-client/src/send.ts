import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { canonicalQuery } from './canonical-request.ts'
import type { Credentials } from './credentials.ts'
import type { Unreadable } from './errors.ts'
import { sign, type UnsignedRequest } from './sign.ts'

/** What came of one request: an answer, whose body may be unusable all the same, or none. */
export type Delivery =
  | {
      came: true
      status: number
      headers: IncomingHttpHeaders
      /** UTF-8, or unusable. */
      body: { bytes: Buffer } | { unreadable: Unreadable }
      /** Epoch ms, by the clock that dated the request. */
      sentAt: number
      arrivedAt: number
    }
  | { came: false; how: 'timeout' | 'connection' | 'given-up'; code?: string }

export interface Sending {
  dispatcher: Dispatcher
  origin: string
  /** For the whole exchange: connecting, sending, and the last byte of the body. */
  limitMs: number
  bodyLimitBytes: number
  signal?: AbortSignal | undefined
  now(): number
  nonce(): string
}

/** Signs one request with a date and a nonce of its own, sends it once, and reads the whole answer. Never throws. */
export async function send(request: UnsignedRequest, credentials: Credentials, sending: Sending): Promise<Delivery> {
  const sentAt = sending.now()
  const query = canonicalQuery(request.query)
  const stop = new AbortController()
  let end: 'timeout' | 'given-up' | undefined
  const giveUp = (how: 'timeout' | 'given-up') => {
    end ??= how
    stop.abort()
  }
  const onSignal = () => giveUp('given-up')
  if (sending.signal?.aborted) return { came: false, how: 'given-up' }
  sending.signal?.addEventListener('abort', onSignal, { once: true })
  const timer = setTimeout(giveUp, sending.limitMs, 'timeout')
  try {
    const answer = await sending.dispatcher.request({
      origin: sending.origin,
      path: query === '' ? request.path : `${request.path}?${query}`,
      method: request.method,
      headers: sign(request, credentials, sentAt, sending.nonce()),
      body: request.body ?? null,
      signal: stop.signal,
      // One limit over everything, above; these two would each begin anew.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    const body = await readWhole(answer.body, answer.headers, sending.bodyLimitBytes)
    if (end !== undefined) return { came: false, how: end }
    return { came: true, status: answer.statusCode, headers: answer.headers, body, sentAt, arrivedAt: sending.now() }
  } catch (failure) {
    if (end !== undefined) return { came: false, how: end }
    const code = codeOf(failure)
    return code === undefined ? { came: false, how: 'connection' } : { came: false, how: 'connection', code }
  } finally {
    clearTimeout(timer)
    sending.signal?.removeEventListener('abort', onSignal)
  }
}

function codeOf(failure: unknown): string | undefined {
  const code = failure instanceof Error && 'code' in failure ? failure.code : undefined
  return typeof code === 'string' ? code : undefined
}

type Body = { bytes: Buffer } | { unreadable: Unreadable }

async function readWhole(body: Readable, headers: IncomingHttpHeaders, limitBytes: number): Promise<Body> {
  const abandon = (how: Unreadable): Body => {
    body.on('error', () => undefined)
    body.destroy()
    return { unreadable: how }
  }
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== '') return abandon('encoded')
  if (Number(headers['content-length'] ?? 0) > limitBytes) return abandon('too-large')
  const chunks: Buffer[] = []
  let size = 0
  return new Promise(resolve => {
    body.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limitBytes) resolve(abandon('too-large'))
      else chunks.push(chunk)
    })
    body.on('end', () => resolve(usable(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))))
    body.on('error', () => resolve({ unreadable: 'cut-off' }))
    body.on('close', () => resolve({ unreadable: 'cut-off' }))
  })
}

/** Anything but UTF-8 would put made-up characters into ids. */
const usable = (bytes: Buffer): Body => (isUtf8(bytes) ? { bytes } : { unreadable: 'not-utf8' })

import type { Freshness, LockEvent } from '@lockdesk/contract'

/** One frame of the stream, as tabs also hand it to each other. */
export type Frame =
  | { type: 'lock'; id: string; data: LockEvent }
  | { type: 'freshness'; data: Freshness }
  | { type: 'reset' }
  | { type: 'heartbeat'; id: string }

/** `open` only while frames arrive. */
export type Connection = 'connecting' | 'open' | 'reconnecting'

export interface StreamOptions {
  /** Where to go on from: the cursor of the board, or of the last frame. */
  after: string
  onFrame(frame: Frame): void
  onConnection(connection: Connection): void
  /** The server answered something else than a stream: signed out, too many streams, or a proxy's page. */
  onRefused(): void
  open?: (url: string) => EventSource
  /** Who tells that the line is back: the window. */
  line?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
}

/** The server beats every 15 s; twice that is silence. */
export const silenceMs = 30_000
/** `EventSource.CLOSED`, by the standard. */
const closedForGood = 2
const tickMs = 1_000
/** A tick that comes later than this was frozen with the page: the time in between is nobody's silence. */
const longestTickMs = 2_000
const firstWaitMs = 1_000
const longestWaitMs = 30_000

/**
 * Follows the live stream for as long as it is not closed. The browser's EventSource gives up for good on any answer but
 * 200 and never notices a dead line: here it is opened anew, from the last cursor, after ever longer waits.
 * @returns closes it
 */
export function followStream({
  after,
  onFrame,
  onConnection,
  onRefused,
  open = url => new EventSource(url),
  line = globalThis,
}: StreamOptions): () => void {
  let cursor = after
  let source: EventSource | undefined
  let silence = 0
  let failures = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let lastTick = Date.now()

  const heard = () => {
    silence = 0
    failures = 0
    onConnection('open')
  }

  const connect = () => {
    clearTimeout(retry)
    retry = undefined
    source?.close()
    silence = 0
    const current = open(`/api/live?after=${encodeURIComponent(cursor)}`)
    source = current
    current.addEventListener('open', heard)
    current.addEventListener('lock', event => {
      const { data, lastEventId } = event as MessageEvent<string>
      if (lastEventId !== '') cursor = lastEventId
      heard()
      onFrame({ type: 'lock', id: cursor, data: JSON.parse(data) as LockEvent }) // both come from one build
    })
    current.addEventListener('freshness', event => {
      heard()
      onFrame({ type: 'freshness', data: JSON.parse((event as MessageEvent<string>).data) as Freshness })
    })
    current.addEventListener('heartbeat', event => {
      const { lastEventId } = event as MessageEvent<string>
      if (lastEventId !== '') cursor = lastEventId
      heard()
      onFrame({ type: 'heartbeat', id: cursor })
    })
    current.addEventListener('reset', event => {
      const { lastEventId } = event as MessageEvent<string>
      if (lastEventId !== '') cursor = lastEventId
      heard()
      onFrame({ type: 'reset' })
    })
    current.addEventListener('error', () => {
      if (current !== source) return
      onConnection('reconnecting')
      if (current.readyState !== closedForGood) return
      onRefused()
      wait()
    })
  }

  const wait = () => {
    if (retry !== undefined) return
    const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** failures++)
    // Half of it by chance, so that a thousand pages do not come back in one second.
    retry = setTimeout(connect, longest * (0.5 + Math.random() / 2))
  }

  const tick = setInterval(() => {
    const now = Date.now()
    silence += Math.min(now - lastTick, longestTickMs)
    lastTick = now
    if (silence < silenceMs || retry !== undefined) return
    onConnection('reconnecting')
    source?.close()
    silence = 0
    wait()
  }, tickMs)

  const atOnce = () => {
    if (retry !== undefined) connect()
  }
  line.addEventListener('online', atOnce)
  connect()
  return () => {
    line.removeEventListener('online', atOnce)
    clearInterval(tick)
    clearTimeout(retry)
    source?.close()
    source = undefined
  }
}

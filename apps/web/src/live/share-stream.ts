import { followStream, silenceMs, type Connection, type Frame } from './follow-stream.ts'

/** What the tabs of one browser tell each other. */
type Message =
  | { kind: 'frame'; frame: Frame }
  | { kind: 'connection'; connection: Connection }
  /** A tab has come and asks how things stand. */
  | { kind: 'hello' }
  /** The stream was refused: each tab looks whether it is still signed in. */
  | { kind: 'refused' }

export interface SharedStreamOptions {
  /** Tabs of one name share: the person signed in is part of it. */
  name: string
  onFrame(frame: Frame): void
  onConnection(connection: Connection): void
  onRefused(): void
  follow?: typeof followStream
}

export interface SharedStream {
  /** The board has been read: from here on this tab may lead. */
  start(cursor: string): void
  close(): void
}

/** A leader that says nothing for so long has been frozen or is stuck: another takes over. */
const stealAfterMs = silenceMs + 15_000

/**
 * One stream for all tabs of a browser: over HTTP/1.1 it has six connections to a server, and a stream per tab would
 * leave none to act with. One tab leads (a web lock says which) and passes every frame on; when it goes, the next one
 * goes on from the last frame that it heard. Where the browser has no web locks (plain http on a named host) each tab
 * has a stream of its own.
 */
export function shareStream(options: SharedStreamOptions): SharedStream {
  const { name, onFrame, onConnection, onRefused, follow = followStream } = options
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') return ownStream(options)

  const channel = new BroadcastChannel(name)
  const closing = new AbortController()
  let connection: Connection = 'connecting'
  let heardCursor: string | undefined
  let stopLeading: (() => void) | undefined
  let silence = 0
  let lastTick = Date.now()

  const tell = (message: Message) => channel.postMessage(message)
  const settle = (next: Connection) => {
    connection = next
    onConnection(next)
  }

  const lead = (own: string) => {
    // Nothing heard from the one before: what it passed on last is not known here, so nobody may rely on it.
    if (heardCursor === undefined) tell({ kind: 'frame', frame: { type: 'reset' } })
    return follow({
      after: heardCursor ?? own,
      onFrame(frame) {
        if ('id' in frame) heardCursor = frame.id
        tell({ kind: 'frame', frame })
        onFrame(frame)
      },
      onConnection(next) {
        if (next !== connection) tell({ kind: 'connection', connection: next })
        settle(next)
      },
      onRefused() {
        tell({ kind: 'refused' })
        onRefused()
      },
    })
  }

  const queue = async (own: string, steal = false): Promise<void> => {
    const held = steal ? { steal } : { signal: closing.signal }
    try {
      await navigator.locks.request(name, held, async () => {
        if (closing.signal.aborted) return
        const stop = lead(own)
        await new Promise<void>(resolve => {
          stopLeading = () => {
            stop()
            resolve()
          }
        })
      })
    } catch {
      // Taken away by another tab, or this one closes.
      stopLeading?.()
      stopLeading = undefined
      if (!closing.signal.aborted) await queue(own)
    }
  }

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'hello') {
      if (stopLeading) tell({ kind: 'connection', connection })
      return
    }
    if (stopLeading) return
    silence = 0
    if (data.kind === 'refused') onRefused()
    else if (data.kind === 'connection') settle(data.connection)
    else {
      if ('id' in data.frame) heardCursor = data.frame.id
      settle('open')
      onFrame(data.frame)
    }
  }

  let tick: ReturnType<typeof setInterval> | undefined
  return {
    start(cursor) {
      if (tick !== undefined) return
      tick = setInterval(() => {
        const now = Date.now()
        if (!stopLeading) silence += Math.min(now - lastTick, 2_000)
        lastTick = now
        if (silence > silenceMs && connection === 'open') settle('reconnecting')
        if (silence <= stealAfterMs) return
        silence = 0
        void queue(cursor, true)
      }, 1_000)
      tell({ kind: 'hello' })
      void queue(cursor)
    },
    close() {
      closing.abort()
      clearInterval(tick)
      stopLeading?.()
      stopLeading = undefined
      channel.close()
    },
  }
}

function ownStream({ onFrame, onConnection, onRefused, follow = followStream }: SharedStreamOptions): SharedStream {
  let stop: (() => void) | undefined
  return {
    start(cursor) {
      stop ??= follow({ after: cursor, onFrame, onConnection, onRefused })
    },
    close: () => stop?.(),
  }
}

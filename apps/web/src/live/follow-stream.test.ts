import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followStream, type Connection, type Frame } from './follow-stream.ts'

/** Stands in for the browser's EventSource, which is not there outside of one. */
class Source extends EventTarget {
  static opened: Source[] = []
  readyState = 0
  readonly url: string
  constructor(url: string) {
    super()
    this.url = url
    Source.opened.push(this)
  }
  close() {
    this.readyState = 2
  }
  say(type: string, data: unknown, lastEventId = '') {
    this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data), lastEventId }))
  }
  fail(isFatal: boolean) {
    this.readyState = isFatal ? 2 : 0
    this.dispatchEvent(new Event('error'))
  }
}

const latest = () => Source.opened.at(-1) as Source

function begin() {
  const frames: Frame[] = []
  const connections: Connection[] = []
  const refused = vi.fn<() => void>()
  const stop = followStream({
    after: 'c/1',
    onFrame: frame => frames.push(frame),
    onConnection: connection => {
      if (connections.at(-1) !== connection) connections.push(connection)
    },
    onRefused: refused,
    open: url => new Source(url) as unknown as EventSource,
    line: new EventTarget(),
  })
  return { frames, connections, refused, stop }
}

beforeEach(() => {
  vi.useFakeTimers()
  Source.opened = []
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the live stream', () => {
  it('begins where the board ends, and passes its frames on', () => {
    const { frames, connections, stop } = begin()
    expect(latest().url).toBe('/api/live?after=c%2F1')
    latest().say('lock', { number: 2 }, 'c2')
    latest().say('freshness', { namespace: 'trade' })
    latest().say('reset', {})
    expect(frames.map(({ type }) => type)).toEqual(['lock', 'freshness', 'reset'])
    expect(connections).toEqual(['open'])
    stop()
  })

  it('comes back by itself, from the last frame, after an answer that ends an EventSource for good', async () => {
    const { connections, refused, stop } = begin()
    latest().say('heartbeat', { head: 'c5' }, 'c5')
    latest().fail(true)
    expect(connections).toEqual(['open', 'reconnecting'])
    expect(refused).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(1500)
    expect(Source.opened).toHaveLength(2)
    expect(latest().url).toBe('/api/live?after=c5')
    latest().say('heartbeat', { head: 'c5' }, 'c5')
    expect(connections.at(-1)).toBe('open')
    stop()
  })

  it('waits longer each time, and never longer than half a minute', async () => {
    const { stop } = begin()
    for (let turn = 0; turn < 12; turn++) {
      latest().fail(true)
      const before = Source.opened.length
      await vi.advanceTimersByTimeAsync(30_000)
      expect(Source.opened).toHaveLength(before + 1)
    }
    stop()
  })

  it('leaves a short break to the browser', async () => {
    const { refused, stop } = begin()
    latest().fail(false)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(Source.opened).toHaveLength(1)
    expect(refused).not.toHaveBeenCalled()
    stop()
  })

  it('takes half a minute of silence for a dead line', async () => {
    const { connections, stop } = begin()
    latest().say('heartbeat', {}, 'c1')
    await vi.advanceTimersByTimeAsync(28_000)
    expect(connections).toEqual(['open'])
    await vi.advanceTimersByTimeAsync(4_000)
    expect(connections.at(-1)).toBe('reconnecting')
    expect(Source.opened.length).toBeGreaterThan(1)
    stop()
  })

  it('does not count the time in which the page itself was frozen', async () => {
    const { connections, stop } = begin()
    latest().say('heartbeat', {}, 'c1')
    vi.setSystemTime(Date.now() + 3_600_000)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(connections).toEqual(['open'])
    stop()
  })

  it('is silent once it is stopped', async () => {
    const { stop } = begin()
    latest().fail(true)
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(Source.opened).toHaveLength(1)
  })
})

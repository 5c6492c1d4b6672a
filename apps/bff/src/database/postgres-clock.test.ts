import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type PostgresClock, createPostgresClock } from './postgres-clock.ts'

const askedEveryMs = 10_000
let clock: PostgresClock
beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => {
  clock.close()
  vi.useRealTimers()
})

/** A database whose clock can be set, and a way there that takes its time. */
async function open({ floor = 0, wayMs = 0 } = {}) {
  const at = { steady: 500, there: 1_000_000, wayMs }
  const pass = (ms: number, faster = 1) => {
    at.steady += ms
    at.there += ms / faster
  }
  const ask = async () => {
    pass(at.wayMs / 2)
    const { there } = at
    pass(at.wayMs / 2)
    return there
  }
  clock = await createPostgresClock(ask, floor, () => at.steady)
  return { at, pass, askAgain: () => vi.advanceTimersByTimeAsync(askedEveryMs) }
}

describe('the clock of a replica', () => {
  it('is the database’s, whatever the way there takes', async () => {
    const { at, pass } = await open({ wayMs: 40 })
    expect(clock.now()).toBe(at.there)
    pass(5_000)
    expect(clock.now()).toBe(at.there)
  })

  it('never runs backwards and never stands still where the database’s is set back an hour', async () => {
    const { at, pass, askAgain } = await open()
    const before = clock.now()
    at.there -= 3_600_000
    await askAgain()
    expect(clock.now()).toBe(before)
    pass(1_000)
    expect(clock.now()).toBe(before + 1_000)
  })

  it('follows where the database’s is set forward', async () => {
    const { at, askAgain } = await open()
    at.there += 3_600_000
    await askAgain()
    expect(clock.now()).toBe(at.there)
  })

  it('lets a slower clock of the database catch up, and goes on meanwhile', async () => {
    const { at, pass, askAgain } = await open()
    pass(600_000, 1.001)
    clock.now()
    await askAgain()
    const early = clock.now() - at.there
    expect(early).toBeGreaterThan(500)
    const seen = [clock.now()]
    for (let n = 0; n < 10; n++) {
      pass(1_000)
      seen.push(clock.now())
    }
    expect(Math.abs(clock.now() - at.there)).toBeLessThanOrEqual(1)
    expect(seen.every((time, n) => n === 0 || time > (seen[n - 1] ?? 0))).toBe(true)
  })

  it('does not believe an answer that was long on its way', async () => {
    const { at, askAgain } = await open()
    const before = clock.now()
    at.there += 40_000 // an answer of long ago, to whom it now looks so
    at.wayMs = 60_000
    const steadyBefore = at.steady
    await askAgain()
    expect(clock.now()).toBe(before + at.steady - steadyBefore)
  })

  it('does not run ahead by the time in which nobody asked it', async () => {
    const { at, pass } = await open()
    pass(800)
    clock.reached(at.there)
    expect(clock.now()).toBe(at.there)
  })

  it('goes by the answer that was shortest on its way, also where the first one was held up', async () => {
    const at = { steady: 0, there: 1_000_000 }
    const ways = [3_000, 2]
    const ask = async () => {
      const way = ways.shift() ?? 400
      at.steady += way // on the way there: the clock is read at its very end
      at.there += way
      return at.there
    }
    clock = await createPostgresClock(ask, 0, () => at.steady)
    expect(Math.abs(clock.now() - at.there)).toBeLessThanOrEqual(1)
  })

  it('goes on from the newest time in the store, and from what another replica has reached', async () => {
    const { pass } = await open({ floor: 9_000_000 })
    expect(clock.now()).toBe(9_000_000)
    clock.reached(9_100_000)
    pass(5)
    expect(clock.now()).toBe(9_100_005)
    clock.reached(1)
    expect(clock.now()).toBe(9_100_005)
  })
})

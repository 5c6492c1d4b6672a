export interface PostgresClock {
  now(): number
  /** Something has happened at this time by the same clock: it is not earlier now. */
  reached(at: number): void
  close(): void
}

const everyMs = 10_000
/** As long as no answer was short on its way, at a busy start for example. */
const soonMs = 500
/** Of so many answers in a row the one counts that was shortest on its way: it says most. */
const asks = 20
/** An answer that was so short on its way needs no other beside it. */
const shortWayMs = 1
/** One that was longer on its way than this, and than three times the shortest that counts, says too little to change anything. */
const longWayMs = 10
/** So much can come of clocks that do not go equally fast; where it is more, the database's was set back. */
export const mostDriftMs = 5_000
/** How fast time passes here until the database's, which goes slower, has caught up. */
const slowly = 0.9

/**
 * The database's clock, as this process estimates it: the machine's steady clock, set by asking from time to time. All replicas go by it, so their
 * times can be compared to within a round trip, whatever the clocks of their machines say. It never runs backwards and never stands still: where
 * the database's clock is set back, time goes on from where it was.
 * @param ask the database's time, epoch milliseconds
 * @param floor the newest time in the store
 * @param steady milliseconds from anywhere, by a clock that nobody sets
 */
export async function createPostgresClock(
  ask: () => Promise<number>,
  floor: number,
  steady: () => number = () => performance.now(),
): Promise<PostgresClock> {
  let ahead = 0
  let shortestMs = Number.POSITIVE_INFINITY
  let last = floor
  let lastSteady = steady()

  /** It was asked somewhere between sending and arrival; the middle is off by half of the way at most. */
  async function sample(): Promise<{ ahead: number; wayMs: number }> {
    const before = steady()
    const there = await ask()
    const wayMs = steady() - before
    return { ahead: there - (before + wayMs / 2), wayMs }
  }

  async function set(): Promise<void> {
    let best = await sample()
    for (let more = 1; more < asks && best.wayMs > shortWayMs; more++) {
      const next = await sample()
      if (next.wayMs < best.wayMs) best = next
    }
    if (best.wayMs > Math.max(longWayMs, 3 * shortestMs)) return
    ahead = best.ahead
    shortestMs = Math.min(shortestMs, best.wayMs)
  }

  function now(): number {
    const at = steady()
    const passed = at - lastSteady
    lastSteady = at
    const there = at + ahead
    const early = last + passed - there
    last = early <= 0 ? there : last + passed * (early > mostDriftMs ? 1 : slowly)
    return Math.floor(last)
  }

  await set()
  // What cannot be asked now is asked the next time; the steady clock carries on.
  let sinceAsked = 0
  const timer = setInterval(() => {
    sinceAsked += soonMs
    if (sinceAsked < everyMs && shortestMs <= longWayMs) return
    sinceAsked = 0
    void set().catch(() => {})
  }, soonMs)
  timer.unref()
  return {
    now,
    reached(at) {
      now() // the time that has passed is passed already, and not once more on top of this
      last = Math.max(last, at)
    },
    close: () => clearInterval(timer),
  }
}

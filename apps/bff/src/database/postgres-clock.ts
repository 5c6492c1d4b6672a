export interface PostgresClock {
  now(): number
  /** Something has happened at this time by the same clock: it is not earlier now. */
  reached(at: number): void
  close(): void
}

const everyMs = 10_000
/** An answer that was longer on its way says too little. */
const longestWayMs = 1_000
/** So much can come of clocks that do not go equally fast; where it is more, the database's was set back. */
const mostDriftMs = 5_000
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
  let ahead: number | null = null
  let last = floor
  let lastSteady = steady()

  async function set(): Promise<void> {
    const before = steady()
    const there = await ask()
    const way = steady() - before
    // It was asked somewhere between; the middle is off by half of the way at most.
    if (ahead === null || way <= longestWayMs) ahead = there - (before + way / 2)
  }

  function now(): number {
    const at = steady()
    const passed = at - lastSteady
    lastSteady = at
    const there = at + (ahead ?? 0)
    const early = last + passed - there
    last = early <= 0 ? there : last + passed * (early > mostDriftMs ? 1 : slowly)
    return Math.floor(last)
  }

  await set()
  // What cannot be asked now is asked the next time; the steady clock carries on.
  const timer = setInterval(() => void set().catch(() => {}), everyMs)
  timer.unref()
  return {
    now,
    reached: at => void (last = Math.max(last, at)),
    close: () => clearInterval(timer),
  }
}

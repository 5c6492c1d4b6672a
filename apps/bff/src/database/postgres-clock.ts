import { createClock } from '../clock.ts'

export interface PostgresClock {
  now(): number
  close(): void
}

const everyMs = 10_000

/**
 * The database's clock, as this process estimates it: the machine's steady clock, set by asking from time to time. All replicas go by it, so their
 * times can be compared to within a round trip.
 * @param ask the database's time, epoch milliseconds
 * @param floor the newest time in the store
 */
export async function createPostgresClock(
  ask: () => Promise<number>,
  floor: number,
  steady: () => number = () => performance.now(),
): Promise<PostgresClock> {
  let ahead = 0
  async function set(): Promise<void> {
    const before = steady()
    const there = await ask()
    // It was asked somewhere between; the middle is off by half of the way at most.
    ahead = there - (before + steady()) / 2
  }
  await set()
  // What cannot be asked now is asked the next time; the steady clock carries on.
  const timer = setInterval(() => void set().catch(() => {}), everyMs)
  timer.unref()
  return { now: createClock(() => steady() + ahead, floor, steady), close: () => clearInterval(timer) }
}

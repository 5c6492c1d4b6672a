/**
 * The process's clock: epoch milliseconds that never run backwards and never stand still. Where the machine's clock is set back, time goes
 * on from where it was, by the steady clock; the machine's counts again as soon as it is ahead.
 * @param wall the machine's clock
 * @param floor where it goes on from at the earliest: the newest time in the store
 * @param steady milliseconds from anywhere, by a clock that nobody sets
 */
export function createClock(
  wall: () => number = Date.now,
  floor = 0,
  steady: () => number = () => performance.now(),
): () => number {
  let last = floor
  let lastSteady = steady()
  return () => {
    const passed = steady() - lastSteady
    lastSteady += passed
    last = Math.max(wall(), last + passed)
    return Math.floor(last)
  }
}

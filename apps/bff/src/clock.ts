/**
 * The process's clock: epoch milliseconds that never run backwards, also where the machine's clock is set back.
 * @param wall the machine's clock
 * @param floor where it goes on from at the earliest: the newest time in the store
 */
export function createClock(wall: () => number = Date.now, floor = 0): () => number {
  let last = floor
  return () => (last = Math.max(last, wall()))
}

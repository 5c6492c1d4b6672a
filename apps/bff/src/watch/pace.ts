/** While nobody looks, namespaces are swept this many times more slowly. */
const slowerUnseen = 4
/** Of the budget; the rest is kept free for people. */
const shareOfSweeps = 0.75

/**
 * The planned milliseconds from the beginning of one sweep of a namespace to the beginning of the next: the target, stretched while nobody looks,
 * and never shorter than the budget allows for everything that one credential sweeps. Failures have no say in it.
 * @param pages calls that one sweep of every namespace behind the same credential takes together
 */
export function planPace(facts: { targetMs: number; pages: number; perMinute: number; isLooked: boolean }): number {
  const wanted = facts.isLooked ? facts.targetMs : facts.targetMs * slowerUnseen
  const affordable = (Math.max(1, facts.pages) / (facts.perMinute * shareOfSweeps)) * 60_000
  return Math.round(Math.max(wanted, affordable))
}

/**
 * How long to wait after the cloud failed to answer, in full jitter: up to 1 s after the first failure, twice as much after each further one,
 * never more than `mostMs`.
 * @param random 0 to 1
 */
export function backOff(failures: number, mostMs: number, random: number): number {
  const most = Math.min(mostMs, 1_000 * 2 ** Math.min(failures - 1, 16))
  return Math.round(random * most)
}

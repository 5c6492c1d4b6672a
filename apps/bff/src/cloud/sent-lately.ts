/** How many calls were sent in the last minute, to the second. */
export interface SentLately {
  sent(at: number): void
  count(at: number): number
}

const seconds = 60

/** @param at milliseconds of any clock that does not run backwards; so are the times of its calls */
export function createSentLately(): SentLately {
  const counts = new Map<number, number>()

  function forget(second: number): void {
    for (const old of counts.keys()) {
      if (old > second - seconds) return
      counts.delete(old)
    }
  }

  return {
    sent(at) {
      const second = Math.floor(at / 1_000)
      counts.set(second, (counts.get(second) ?? 0) + 1)
      forget(second)
    },
    count(at) {
      forget(Math.floor(at / 1_000))
      return [...counts.values()].reduce((sum, count) => sum + count, 0)
    },
  }
}

/** The rate in force: halved when the cloud throttles, given back little by little. */
export interface CallRate {
  perMinute(at: number): number
  /** @returns whether it was halved: not again within ten seconds, so that one burst of refusals counts once */
  throttled(at: number): boolean
}

const lowest = 10
const halveAtMostEveryMs = 10_000
const cleanMs = 60_000
/** Of the configured rate, for each minute without throttling. */
const givenBack = 0.1

export function createCallRate(configured: number): CallRate {
  const floor = Math.min(lowest, configured)
  let rate = configured
  let halvedAt = Number.NEGATIVE_INFINITY
  /** Where the present clean minute began. */
  let cleanSince = Number.NEGATIVE_INFINITY

  function perMinute(at: number): number {
    if (rate >= configured) return rate
    const minutes = Math.floor((at - cleanSince) / cleanMs)
    if (minutes > 0) {
      rate = Math.min(configured, rate + minutes * givenBack * configured)
      cleanSince += minutes * cleanMs
    }
    return rate
  }

  return {
    perMinute,
    throttled(at) {
      const now = perMinute(at)
      cleanSince = at
      if (at - halvedAt < halveAtMostEveryMs) return false
      halvedAt = at
      rate = Math.max(floor, now / 2)
      return true
    },
  }
}

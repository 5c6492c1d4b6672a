/** Fills up with time, never above its size. Times are milliseconds of any clock that does not run backwards. */
export interface Bucket {
  /** What is in it; less than nothing where more was taken. */
  level(at: number): number
  take(at: number): void
  /** Takes out what is above this. */
  drainTo(at: number, level: number): void
  /** Milliseconds until one token is in it; 0: it is there. */
  untilOne(at: number): number
}

/**
 * @param perMinute asked at each use, since the rate changes
 * @param debt how far below nothing it can get
 */
export function createBucket(options: { size: number; debt(): number; perMinute(): number; at: number }): Bucket {
  const { size, debt, perMinute } = options
  let tokens = size
  let filledAt = options.at

  function level(at: number): number {
    tokens = Math.min(size, tokens + (Math.max(0, at - filledAt) * perMinute()) / 60_000)
    filledAt = Math.max(filledAt, at)
    return tokens
  }

  return {
    level,
    take(at) {
      tokens = Math.max(-debt(), level(at) - 1)
    },
    drainTo(at, most) {
      tokens = Math.min(level(at), most)
    },
    untilOne(at) {
      const missing = 1 - level(at)
      // A rounding error short of one is one.
      return missing <= 1e-6 ? 0 : (missing * 60_000) / perMinute()
    },
  }
}

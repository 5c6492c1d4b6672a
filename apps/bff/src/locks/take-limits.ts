const minuteMs = 60_000

/** How many getLocks one actor may cause a minute. */
export interface TakeLimits {
  /**
   * Counts one that is about to be sent.
   * @returns how to give it back where it was not sent after all, or how long to wait
   */
  reserve(actorId: string): { isAllowed: true; giveBack(): void } | { isAllowed: false; retryAfterSeconds: number }
}

/** @param perMinute 0: no limit */
export function createTakeLimits({ perMinute, now }: { perMinute: number; now(): number }): TakeLimits {
  /** Times of the last minute by actor, oldest first. */
  const sent = new Map<string, number[]>()

  function recent(actorId: string, at: number): number[] {
    const times = (sent.get(actorId) ?? []).filter(time => time > at - minuteMs)
    if (times.length === 0) sent.delete(actorId)
    else sent.set(actorId, times)
    return times
  }

  return {
    reserve(actorId) {
      if (perMinute === 0) return { isAllowed: true, giveBack: () => {} }
      const at = now()
      const times = recent(actorId, at)
      const oldest = times.at(-perMinute)
      if (oldest !== undefined)
        return { isAllowed: false, retryAfterSeconds: Math.max(1, Math.ceil((oldest + minuteMs - at) / 1000)) }
      sent.set(actorId, [...times, at])
      return {
        isAllowed: true,
        giveBack() {
          const left = recent(actorId, now())
          const index = left.indexOf(at)
          if (index >= 0) left.splice(index, 1)
        },
      }
    },
  }
}

/** Below this much the browser's clock is right enough, and the header's whole seconds would only make ages jump. */
const tolerableMs = 5_000

/**
 * Tells the server's time: ages on the page are reckoned against times that the server wrote down, and the clock of a
 * laptop may be minutes off. Learns from the `Date` header of answers.
 */
export interface ServerClock {
  now(): number
  /** @param date the header's value @param sentAt the browser's time when the question was sent */
  learn(date: string | null, sentAt: number): void
}

export function createServerClock(local: () => number = Date.now): ServerClock {
  let offset = 0
  return {
    now: () => local() + offset,
    learn(date, sentAt) {
      const told = date === null ? Number.NaN : Date.parse(date)
      if (Number.isNaN(told)) return
      const middle = (sentAt + local()) / 2
      const measured = told + 500 - middle
      offset = Math.abs(measured) < tolerableMs ? 0 : Math.round(measured)
    },
  }
}

/** One page talks to one server, so there is one clock. */
export const serverClock = createServerClock()

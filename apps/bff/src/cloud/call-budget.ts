import type { Attempt, CallOptions, Operation } from '@lockdesk/flink-client'
import { createCallRate } from './call-rate.ts'
import { createSentLately } from './sent-lately.ts'
import { createBucket } from './token-bucket.ts'

/** What one credential may send: one bucket for everything. People first (they may overdraw it), sweeps last, but never below a quarter. */
export interface CallBudget {
  /** Waits until the call may be sent. @throws the signal's reason when aborted */
  admit(operation: Operation, options: CallOptions): Promise<void>
  /** Learns from how an attempt ended: throttling halves the rate, a clean minute gives a tenth back. */
  observe(attempt: Attempt): void
  /** `left`: what may still be sent of this minute's calls. */
  state(): { perMinute: number; left: number; throttledUntil: number | null }
}

export interface CallBudgetOptions {
  perMinute: number
  /** Epoch ms, for what is told. */
  now(): number
  /** Ms of a clock that nobody sets: what the budget itself goes by. */
  ticks?(): number
  /** Calls back after so many ms. @returns forgets it */
  later?(ms: number, call: () => void): () => void
}

interface Waiting {
  go(): void
}

const burst = 5
const shareOfSweeps = 0.25
/** A cloud that throttles and does not say for how long. */
const unspecifiedPauseMs = 1_000
/** The longest that sweeps are silent, whatever the cloud asks for: after it a call shows whether it still throttles. */
const longestPauseMs = 60_000

/**
 * The calls of one credential, whoever makes them. A person's call goes at once and may leave the bucket overdrawn, by a minute's worth
 * at most. Sweeps and look-ups wait in a row: for the bucket, or for the quarter that is theirs whatever people do. What they send out of
 * their quarter is taken from the bucket too, so that all together do not send more than the rate.
 */
export function createCallBudget(options: CallBudgetOptions): CallBudget {
  const { perMinute: configured, now, ticks = () => performance.now(), later = afterwards } = options
  const rate = createCallRate(configured)
  const perMinute = () => rate.perMinute(ticks())
  const all = createBucket({ size: burst, debt: perMinute, perMinute, at: ticks() })
  const own = createBucket({ size: 1, debt: () => 0, perMinute: () => perMinute() * shareOfSweeps, at: ticks() })
  const lately = createSentLately()
  const waiting = new Set<Waiting>()
  /** In ticks. */
  let pausedUntil = Number.NEGATIVE_INFINITY
  let forget: (() => void) | null = null

  /** Lets go whom the budget has room for, and comes back when it has room for the next. */
  function serve(): void {
    forget?.()
    forget = null
    for (const next of waiting) {
      const at = ticks()
      const ms = Math.max(pausedUntil - at, Math.min(all.untilOne(at), own.untilOne(at)))
      if (ms > 0) {
        forget = later(Math.ceil(ms), serve)
        return
      }
      all.take(at)
      own.take(at)
      lately.sent(at)
      waiting.delete(next)
      next.go()
    }
  }

  function wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(turn)
        reject(signal?.reason as Error)
        serve()
      }
      const turn: Waiting = {
        go() {
          signal?.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal?.addEventListener('abort', leave, { once: true })
      waiting.add(turn)
      serve()
    })
  }

  return {
    async admit(_operation, { purpose, signal }) {
      signal?.throwIfAborted()
      if (purpose !== 'person') return wait(signal)
      all.take(ticks())
      lately.sent(ticks())
    },

    observe({ outcome, retryAfterMs }) {
      if (outcome !== 'throttled') return
      const at = ticks()
      if (rate.throttled(at)) all.drainTo(at, 0)
      pausedUntil = Math.max(pausedUntil, at + Math.min(retryAfterMs ?? unspecifiedPauseMs, longestPauseMs))
    },

    state() {
      const at = ticks()
      return {
        perMinute: Math.round(rate.perMinute(at)),
        left: Math.max(0, Math.round(rate.perMinute(at)) - lately.count(at)),
        throttledUntil: pausedUntil > at ? now() + Math.ceil(pausedUntil - at) : null,
      }
    },
  }
}

function afterwards(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

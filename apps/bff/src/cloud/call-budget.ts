import type { Attempt, CallOptions, Operation } from '@lockdesk/flink-client'
import { budgetLeft, fullBudget, sendForPerson, sendForSweep, throttled } from './budget-state.ts'

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

/** The calls of one credential in one process, whoever makes them. Sweeps and look-ups wait in a row. */
export function createCallBudget(options: CallBudgetOptions): CallBudget {
  const { perMinute: configured, now, ticks = () => performance.now(), later = afterwards } = options
  let state = fullBudget(configured, ticks())
  const waiting = new Set<Waiting>()
  let forget: (() => void) | null = null

  /** Lets go whom the budget has room for, and comes back when it has room for the next. */
  function serve(): void {
    forget?.()
    forget = null
    for (const next of waiting) {
      const sent = sendForSweep(state, configured, ticks())
      state = sent.state
      if (sent.waitMs > 0) {
        forget = later(Math.ceil(sent.waitMs), serve)
        return
      }
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
      state = sendForPerson(state, configured, ticks())
    },

    observe({ outcome, retryAfterMs }) {
      if (outcome === 'throttled') state = throttled(state, configured, ticks(), retryAfterMs)
    },

    state() {
      const { pausedForMs, ...left } = budgetLeft(state, configured, ticks())
      return { ...left, throttledUntil: pausedForMs > 0 ? now() + pausedForMs : null }
    },
  }
}

function afterwards(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

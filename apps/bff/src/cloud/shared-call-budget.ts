import { setTimeout as wait } from 'node:timers/promises'
import type { Store } from '../database/store.ts'
import type { Database } from '../database/schema.ts'
import { type BudgetState, budgetLeft, fullBudget, sendForPerson, sendForSweep, throttled } from './budget-state.ts'
import type { CallBudget } from './call-budget.ts'
import { changeBudget } from './stored-budget.ts'

export interface SharedCallBudgetOptions {
  database: Database
  store: Pick<Store, 'now'>
  /** Tells the budget from those of other credentials. */
  credential: string
  perMinute: number
  sleep?(ms: number, signal: AbortSignal | undefined): Promise<void>
}

const askAgainMs = 1_000

/**
 * The calls of one credential over all replicas: the state is a row that each of them changes. People's calls go at once and are counted
 * afterwards; sweeps and look-ups wait for the row, here in the order in which they came.
 */
export function createSharedCallBudget(options: SharedCallBudgetOptions): CallBudget {
  const { store, perMinute: configured, sleep = sleepUnheeded } = options
  /** As last seen: for what is told. */
  let seen = fullBudget(configured, store.now())
  let last: Promise<unknown> = Promise.resolve()

  async function change<Result>(
    work: (state: BudgetState, at: number) => { state: BudgetState; result: Result },
  ): Promise<Result> {
    const changed = await changeBudget(options, state =>
      work(state ?? fullBudget(configured, store.now()), store.now()),
    )
    seen = changed.state
    return changed.result
  }

  /** Where the store does not answer nothing can be swept either: it is asked again, by and by. */
  async function untilSent(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      signal?.throwIfAborted()
      const waitMs = await change((state, at) => {
        const sent = sendForSweep(state, configured, at)
        return { state: sent.state, result: sent.waitMs }
      }).catch(() => askAgainMs)
      if (waitMs === 0) return
      await sleep(Math.ceil(waitMs), signal)
    }
  }

  /** Counting is worth no failure: what is not counted now makes the next minute a little too full. */
  const count = (work: (state: BudgetState, at: number) => BudgetState) =>
    void change((state, at) => ({ state: work(state, at), result: null })).catch(() => {})

  return {
    async admit(_operation, { purpose, signal }) {
      signal?.throwIfAborted()
      if (purpose === 'person') return count((state, at) => sendForPerson(state, configured, at))
      const turn = last.then(() => untilSent(signal))
      last = turn.catch(() => {})
      return turn
    },
    observe({ outcome, retryAfterMs }) {
      if (outcome === 'throttled') count((state, at) => throttled(state, configured, at, retryAfterMs))
    },
    state() {
      const at = store.now()
      const { pausedForMs, ...left } = budgetLeft(seen, configured, at)
      return { ...left, throttledUntil: pausedForMs > 0 ? at + pausedForMs : null }
    },
  }
}

const sleepUnheeded = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  wait(ms, undefined, { ref: false, ...(signal && { signal }) })

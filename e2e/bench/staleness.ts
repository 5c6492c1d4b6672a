import { setImmediate } from 'node:timers/promises'
import { createCallBudget } from '@lockdesk/bff/call-budget'
import { planPace } from '@lockdesk/bff/pace'
import type { Dimension, Measured } from './dimension.ts'

const perMinute = 60
const targetMs = 15_000
const answerMs = 150
const hours = 2

/** G8: how long something that happens in the cloud stays unseen, in a model of the clock with the real pace and the real budget. */
export const dimension: Dimension = {
  limitIs: 'half a sweep at the whole budget',
  peerIs: 'a timer of 180 s',
  rounds: 1,
  rows: {
    '1,000 drafts, p99': { unit: 's' },
    '1,000 drafts, p99 by the length of a round': { unit: '×', most: 1 },
    '1,000 drafts, oldest by the length of a round': { unit: '×', most: 2 },
    '10,000 drafts, p99': { unit: 's' },
    '10,000 drafts, p99 by the length of a round': { unit: '×', most: 1 },
    '10,000 drafts, oldest by the length of a round': { unit: '×', most: 2 },
  },
  sides: {
    limit: async () => ({ '1,000 drafts, p99': 5, '10,000 drafts, p99': 50 }),
    peer: async () => ({ '1,000 drafts, p99': 180, '10,000 drafts, p99': 180 }),
    ours: async () => ({ ...(await sweep(1_000)), ...(await sweep(10_000)) }),
  },
}

/** Sweeps one namespace for two hours of a clock that only jumps from one thing to the next. */
async function sweep(drafts: number): Promise<Measured> {
  const pages = Math.ceil(drafts / 100)
  const clock = virtualClock()
  const budget = createCallBudget({ perMinute, now: clock.now, ticks: clock.now, later: clock.later })
  const readAt = Array.from({ length: pages }, () => 0)
  const ages: number[] = []
  const starts: number[] = []
  const watch = async () => {
    for (;;) {
      const startedAt = clock.now()
      starts.push(startedAt)
      const sent: number[] = []
      for (let page = 0; page < pages; page++) {
        await budget.admit('ListDeploymentDrafts', { purpose: 'sweep' })
        sent.push(clock.now())
        await clock.sleep(answerMs)
      }
      // What was read shows when the sweep is taken in. A change just after a reading waits for the next: the age is then greatest.
      const shownAt = clock.now()
      for (const [page, at] of sent.entries()) {
        for (let unseen = readAt[page] ?? 0; unseen < at; unseen += 500) ages.push(shownAt - unseen)
        readAt[page] = at
      }
      const paceMs = planPace({ targetMs, pages, perMinute: budget.state().perMinute, isLooked: true })
      await clock.sleep(Math.max(0, startedAt + paceMs - clock.now()))
    }
  }
  void watch()
  await clock.run(hours * 3_600_000)
  // The first rounds live on the burst.
  const settled = ages.slice(Math.floor(ages.length / 10)).toSorted((one, other) => one - other)
  const round = (starts.at(-1) ?? 0) - (starts.at(-2) ?? 0)
  const p99 = settled[Math.floor(settled.length * 0.99)] ?? Number.NaN
  const name = `${drafts.toLocaleString('en')} drafts`
  return {
    [`${name}, p99`]: p99 / 1000,
    [`${name}, p99 by the length of a round`]: (p99 - 250) / round,
    [`${name}, oldest by the length of a round`]: (settled.at(-1) ?? Number.NaN) / round,
  }
}

function virtualClock() {
  let time = 0
  const alarms = new Set<{ at: number; call: () => void }>()
  const later = (ms: number, call: () => void) => {
    const alarm = { at: time + ms, call }
    alarms.add(alarm)
    return () => void alarms.delete(alarm)
  }
  return {
    now: () => time,
    later,
    sleep: (ms: number) => new Promise<void>(resolve => void later(ms, resolve)),
    async run(until: number) {
      for (;;) {
        await setImmediate() // whoever was woken does what it can without waiting
        const [next] = [...alarms].toSorted((one, other) => one.at - other.at)
        if (!next || next.at > until) return
        alarms.delete(next)
        time = next.at
        next.call()
      }
    },
  }
}

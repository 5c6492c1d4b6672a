import type { Attempt, Purpose } from '@lockdesk/flink-client'
import { expect, test } from 'vitest'
import { createCallBudget } from './call-budget.ts'

/** A budget whose time a test lets pass. */
function budgetOf(perMinute: number) {
  let at = 0
  const timers = new Set<{ at: number; call(): void }>()
  const budget = createCallBudget({
    perMinute,
    now: () => 1_000_000 + at,
    ticks: () => at,
    later(ms, call) {
      const timer = { at: at + ms, call }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  })
  /** Lets time pass, in steps no longer than the nearest timer. */
  async function pass(ms: number): Promise<void> {
    const end = at + ms
    for (;;) {
      await settled()
      const next = [...timers].sort((a, b) => a.at - b.at)[0]
      if (next === undefined || next.at > end) break
      timers.delete(next)
      at = Math.max(at, next.at)
      next.call()
    }
    at = end
    await settled()
  }
  const throttle = (retryAfterMs?: number) =>
    budget.observe({
      operation: 'ListDeploymentDrafts',
      purpose: 'sweep',
      outcome: 'throttled',
      ms: 1,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    })
  return { budget, pass, throttle, timers, now: () => at }
}

const settled = () => new Promise(resolve => setImmediate(resolve))

/** More than any budget here lets through: one that lets everything through must not keep its test going for ever. */
const tooMany = 10_000

/** Somebody who sends as fast as the budget lets them. @returns how many were sent */
function sender(budget: ReturnType<typeof budgetOf>['budget'], purpose: Purpose) {
  const sent = { count: 0, stop: new AbortController() }
  const send = async (): Promise<void> => {
    while (!sent.stop.signal.aborted && sent.count < tooMany) {
      await budget.admit('ListDeploymentDrafts', { purpose, signal: sent.stop.signal })
      sent.count += 1
    }
  }
  void send().catch(() => {})
  return sent
}

test('sweeps send a burst, and then no more than the rate', async () => {
  const { budget, pass } = budgetOf(60)
  const sweeps = sender(budget, 'sweep')
  await pass(0)
  expect(sweeps.count).toBe(5)
  await pass(10 * 60_000)
  expect(sweeps.count).toBeGreaterThan(600 - 6)
  expect(sweeps.count).toBeLessThanOrEqual(600 + 6)
})

test('sweeps and look-ups share: together no more than the rate', async () => {
  const { budget, pass } = budgetOf(60)
  const [sweeps, lookups] = [sender(budget, 'sweep'), sender(budget, 'lookup')]
  await pass(10 * 60_000)
  expect(sweeps.count + lookups.count).toBeLessThanOrEqual(606)
  expect(Math.abs(sweeps.count - lookups.count)).toBeLessThanOrEqual(6)
})

test('people never wait, also where they overdraw', async () => {
  const { budget } = budgetOf(60)
  for (let n = 0; n < 500; n++) await budget.admit('GetDeploymentDraft', { purpose: 'person' })
  expect(budget.state().left).toBe(0)
})

test('sweeps keep a quarter of the rate, whatever people do', async () => {
  const { budget, pass } = budgetOf(60)
  const sweeps = sender(budget, 'sweep')
  await pass(60_000)
  const before = sweeps.count
  for (let second = 0; second < 600; second++) {
    for (let n = 0; n < 3; n++) await budget.admit('GetDeploymentDraft', { purpose: 'person' })
    await pass(1_000)
  }
  expect(sweeps.count - before).toBeGreaterThanOrEqual(10 * 15 - 2)
  expect(sweeps.count - before).toBeLessThanOrEqual(10 * 15 + 7)
})

test('what people overdrew is paid back by the sweeps, for about a minute at most', async () => {
  const { budget, pass } = budgetOf(60)
  for (let n = 0; n < 10_000; n++) await budget.admit('GetDeploymentDraft', { purpose: 'person' })
  const sweeps = sender(budget, 'sweep')
  await pass(60_000)
  expect(sweeps.count).toBeGreaterThanOrEqual(15)
  expect(sweeps.count).toBeLessThan(20)
  await pass(60_000)
  const before = sweeps.count
  await pass(60_000)
  expect(sweeps.count - before).toBeGreaterThan(55)
})

test('a throttle halves the rate, once in ten seconds, and never below ten a minute', async () => {
  const { budget, pass, throttle } = budgetOf(60)
  throttle()
  throttle()
  expect(budget.state().perMinute).toBe(30)
  await pass(9_000)
  throttle()
  expect(budget.state().perMinute).toBe(30)
  await pass(1_000)
  throttle()
  expect(budget.state().perMinute).toBe(15)
  for (let n = 0; n < 5; n++) {
    await pass(10_000)
    throttle()
  }
  expect(budget.state().perMinute).toBe(10)
})

test('a budget below ten a minute is not raised by throttling', async () => {
  const { budget, throttle } = budgetOf(4)
  throttle()
  expect(budget.state().perMinute).toBe(4)
})

test('each clean minute gives back a tenth of what is configured', async () => {
  const { budget, pass, throttle } = budgetOf(60)
  throttle()
  await pass(59_000)
  expect(budget.state().perMinute).toBe(30)
  await pass(1_000)
  expect(budget.state().perMinute).toBe(36)
  await pass(30_000)
  throttle() // the minute begins anew
  expect(budget.state().perMinute).toBe(18)
  await pass(59_000)
  expect(budget.state().perMinute).toBe(18)
  await pass(10 * 60_000)
  expect(budget.state().perMinute).toBe(60)
})

test('sweeps are silent for as long as the cloud asks, and people are not', async () => {
  const { budget, pass, throttle, now } = budgetOf(60)
  throttle(20_000)
  expect(budget.state().throttledUntil).toBe(1_020_000)
  const sweeps = sender(budget, 'sweep')
  await pass(19_999)
  expect(sweeps.count).toBe(0)
  await budget.admit('GetDeploymentDraft', { purpose: 'person' })
  await pass(1)
  expect(sweeps.count).toBeGreaterThan(0)
  expect(budget.state().throttledUntil).toBeNull()
  expect(now()).toBe(20_000)
})

test('where the cloud does not say for how long, sweeps are silent for a second', async () => {
  const { budget, pass, throttle } = budgetOf(60)
  throttle()
  expect(budget.state().throttledUntil).toBe(1_001_000)
  const sweeps = sender(budget, 'sweep')
  await pass(999)
  expect(sweeps.count).toBe(0)
  await pass(1)
  expect(sweeps.count).toBe(1)
})

test('no wish of the cloud silences the sweeps for more than a minute', async () => {
  const { budget, pass, throttle } = budgetOf(60)
  throttle(120_000)
  const sweeps = sender(budget, 'sweep')
  await pass(60_000)
  expect(sweeps.count).toBeGreaterThan(0)
})

test('a cloud that throttles without saying for how long is not asked in a loop', async () => {
  const { budget, pass, throttle } = budgetOf(60)
  let calls = 0
  const stop = new AbortController()
  const asking = (async () => {
    for (;;) {
      await budget.admit('ListDeploymentDrafts', { purpose: 'sweep', signal: stop.signal })
      calls += 1
      throttle()
    }
  })()
  await pass(60_000)
  expect(calls).toBeLessThan(30)
  stop.abort(new Error('enough'))
  await expect(asking).rejects.toThrow('enough')
})

test('who gives up waiting leaves, and nobody behind is held up', async () => {
  const { budget, pass, timers } = budgetOf(60)
  const drain = sender(budget, 'sweep')
  await pass(0)
  drain.stop.abort()
  const gone = new AbortController()
  const first = budget.admit('ListDeploymentDrafts', { purpose: 'sweep', signal: gone.signal })
  const second = budget.admit('ListDeploymentDrafts', { purpose: 'sweep' })
  gone.abort(new Error('no more'))
  await expect(first).rejects.toThrow('no more')
  await pass(1_000)
  await expect(second).resolves.toBeUndefined()
  await expect(budget.admit('GetFolder', { purpose: 'sweep', signal: gone.signal })).rejects.toThrow('no more')
  expect(timers.size).toBe(0)
})

test('only throttling changes the rate', () => {
  const { budget } = budgetOf(60)
  const failed: Attempt = { operation: 'ListDeploymentDrafts', purpose: 'sweep', outcome: 'failed', status: 503, ms: 1 }
  budget.observe(failed)
  budget.observe({ ...failed, outcome: 'answered', status: 200 })
  expect(budget.state()).toEqual({ perMinute: 60, left: 60, throttledUntil: null })
})

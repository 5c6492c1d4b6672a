import { afterEach, beforeEach, expect, it } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { createSharedCallBudget } from './shared-call-budget.ts'

const [, postgres] = bothStores()
let one: OpenStore
let at: number
beforeEach(async () => {
  if (!postgres) throw new Error('there is no second store')
  one = await postgres.open()
  at = 1_000_000
})
afterEach(() => one.close())

/** A replica's budget; whoever waits lets the time pass for all of them. */
const budget = (credential = 'one') =>
  createSharedCallBudget({
    database: one.database,
    store: { now: () => at },
    credential,
    perMinute: 60,
    sleep: async ms => void (at += ms),
  })
const throttle = { operation: 'ListDeploymentDrafts', purpose: 'sweep', outcome: 'throttled', ms: 1 } as const
const sweep = { purpose: 'sweep' } as const

it('is one budget, whichever replica sends', async () => {
  const [a, b] = [budget(), budget()]
  for (let n = 0; n < 30; n++) {
    await a.admit('ListDeploymentDrafts', sweep)
    await b.admit('ListDeploymentDrafts', sweep)
  }
  // A burst of five and the quarter's one at once, then one a second.
  expect(at - 1_000_000).toBeGreaterThanOrEqual((60 - 6) * 1_000 * 0.9)
  expect(b.state().left).toBeLessThanOrEqual(10)
})

it('is halved for all by the throttling that one hears of', async () => {
  const [a, b] = [budget(), budget()]
  a.observe(throttle)
  await expect.poll(() => a.state().perMinute).toBe(30)
  await b.admit('ListDeploymentDrafts', sweep)
  expect(b.state().perMinute).toBe(30)
  expect(at - 1_000_000).toBeGreaterThanOrEqual(1_000)
})

it('counts what people send without making them wait, and leaves other credentials alone', async () => {
  const [a, b, other] = [budget(), budget(), budget('another')]
  for (let n = 0; n < 20; n++) await a.admit('GetDeploymentDraft', { purpose: 'person' })
  expect(at).toBe(1_000_000)
  await expect.poll(() => a.state().left).toBe(40)
  await b.admit('ListDeploymentDrafts', sweep)
  expect(b.state().left).toBeLessThanOrEqual(39)
  await other.admit('ListDeploymentDrafts', sweep)
  expect(other.state().left).toBe(59)
})

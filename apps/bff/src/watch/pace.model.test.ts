import { Throttled, type PageOfDrafts } from '@lockdesk/flink-client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVirtualTime } from '../../fixtures/virtual-time.ts'
import { createCallBudget } from '../cloud/call-budget.ts'
import { draftOf } from '../ledger/ledger-fixture.ts'
import { watchNamespace } from './watch-namespace.ts'

interface Case {
  /** Pages of each namespace; all share one budget. */
  pages: number[]
  perMinute: number
  targetMs: number
  latencyMs: number
  /** Minutes after which somebody begins or ceases to look; nobody does at first. */
  turns: number[]
  /** Of people, in a minute. */
  takes: number
  /** The cloud throttles once in so many calls; 0: never. */
  throttlesEvery: number
}

interface Sighting {
  namespace: number
  index: number
  at: number
}

const minuteMs = 60_000
/** Within this an onlooker who begins to look is noticed, and a call is admitted. */
const noticeMs = 500
const burst = 5

/** Watches for so many minutes of a clock of its own, and answers when each page was asked for, and what each sweep planned. */
async function watching(given: Case, minutes: number) {
  const time = createVirtualTime()
  const ending = new AbortController()
  const budget = createCallBudget({ perMinute: given.perMinute, now: time.now, ticks: time.now, later: time.later })
  const asked: Sighting[] = []
  const sweeps: { namespace: number; startedAt: number; finishedAt: number; paceMs: number; isComplete: boolean }[] = []
  let isLooked = false
  let calls = 0
  for (const turn of given.turns) time.later(turn * minuteMs, () => (isLooked = !isLooked))
  for (let take = 0; take < given.takes * minutes; take += 1)
    time.later((take * minuteMs) / given.takes, () => void budget.admit('GetDeploymentDraft', { purpose: 'person' }))

  const reader = (namespace: number, pages: number) => ({
    async readPage(_: string, { index }: { index: number }): Promise<PageOfDrafts> {
      await budget.admit('ListDeploymentDrafts', { purpose: 'sweep', signal: ending.signal })
      asked.push({ namespace, index, at: time.now() })
      calls += 1
      await time.sleep(given.latencyMs, ending.signal)
      if (given.throttlesEvery > 0 && calls % given.throttlesEvery === 0) {
        budget.observe({ operation: 'ListDeploymentDrafts', purpose: 'sweep', outcome: 'throttled', ms: 0 })
        throw new Throttled({ operation: 'ListDeploymentDrafts' }, undefined)
      }
      // One draft stands for a page of them.
      return { drafts: [draftOf(`${index}`)], totalSize: pages, pageIndex: index, pageSize: 1, requestId: null }
    },
    readDraft: () => Promise.reject(new Error('nobody asks')),
  })
  const taken = given.pages.map(() => 1)
  const watches = given.pages.map((pages, namespace) =>
    watchNamespace({
      namespace: { workspace: 'w', namespace: `n${namespace}` },
      client: {
        drafts: reader(namespace, pages),
        folders: { readFolder: () => Promise.reject(new Error('nobody asks')) },
      },
      budget,
      ledger: {
        head: async () => 0,
        observeSweep: async sweep => void sweeps.push({ ...sweep, namespace }),
        observeReading: () => Promise.reject(new Error('nothing was read')),
        looseEnds: async () => ({ missing: [], listsCarryLocks: true }),
        heldDrafts: async () => [],
      },
      targetMs: given.targetMs,
      folders: {},
      together: { showLocks: true },
      wasMute: false,
      isOpen: () => false,
      pagesTogether(own) {
        taken[namespace] = own
        return taken.reduce((sum, one) => sum + one, 0)
      },
      isAnybodyLooking: () => isLooked,
      lastAnsweredAt: () => 0,
      now: time.now,
      random: () => 0.5,
      sleep: time.sleep,
      signal: ending.signal,
    }).catch(() => {}),
  )
  await time.pass(minutes * minuteMs)
  ending.abort(new Error('over'))
  await time.pass(1)
  await Promise.all(watches)
  return { asked, sweeps, end: minutes * minuteMs }
}

/** How old each page was when it was asked for again, or at the end. */
function agesOf({ asked, end }: Awaited<ReturnType<typeof watching>>) {
  const pages = Map.groupBy(asked, ({ namespace, index }) => `${namespace} ${index}`)
  return [...pages.values()].flatMap(sightings =>
    sightings.map(({ namespace, at }, index) => ({ namespace, at, age: (sightings[index + 1]?.at ?? end) - at })),
  )
}

const quiet = { targetMs: 15_000, perMinute: 60, latencyMs: 100, turns: [0], takes: 0, throttlesEvery: 0 }

describe('at sixty calls a minute, while somebody looks', () => {
  it.each([
    ['1,000 drafts', [10], 15_000],
    ['10,000 drafts', [100], 133_333],
    ['10,000 drafts in three namespaces', [50, 30, 20], 133_333],
  ])('the board is no older than one sweep and 250 ms: %s', async (name, pages, sweepMs) => {
    const ages = agesOf(await watching({ ...quiet, pages }, 40)).filter(({ at }) => at > 10 * minuteMs)
    const sorted = ages.map(({ age }) => age).toSorted((a, b) => a - b)
    const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN
    console.log(`${name}: p99 ${p99} ms, at most ${sorted.at(-1)} ms, of a sweep of ${sweepMs} ms`)
    expect(p99).toBeLessThanOrEqual(sweepMs + 250)
    expect(sorted.at(-1)).toBeLessThanOrEqual(2 * sweepMs)
  })
})

it('no page is older than two sweeps, whoever looks, whatever people do and the budget is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        pages: fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 4 }),
        perMinute: fc.constantFrom(10, 60, 600),
        targetMs: fc.constantFrom(5_000, 15_000),
        latencyMs: fc.integer({ min: 1, max: 900 }),
        turns: fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { maxLength: 6 }),
        takes: fc.constantFrom(0, 5, 100),
        throttlesEvery: fc.constant(0),
      }),
      async given => {
        const seen = await watching(given, 30)
        for (const { namespace, at, age } of agesOf(seen)) {
          // The sweep in which it was read and the one after: planned, or as long as they took where the budget gave less.
          const around = seen.sweeps.filter(
            sweep => sweep.namespace === namespace && sweep.finishedAt >= at && sweep.startedAt <= at + age,
          )
          const sweepMs = Math.max(
            ...around.map(({ paceMs, startedAt, finishedAt }) => Math.max(paceMs, finishedAt - startedAt)),
            // One that is under way still.
            around.length < 2 ? age / 2 : 0,
          )
          expect(age).toBeLessThanOrEqual(2 * sweepMs + noticeMs)
        }
        const calls = given.pages.reduce((sum, pages) => sum + pages, 0)
        const affordableMs = (calls / (given.perMinute * 0.75)) * minuteMs
        for (const { paceMs } of seen.sweeps)
          expect(paceMs).toBeLessThanOrEqual(Math.ceil(Math.max(4 * given.targetMs, affordableMs)))
      },
    ),
    { numRuns: 40 },
  )
}, 120_000)

it('sends no more than the budget, whoever looks', async () => {
  const { asked } = await watching({ ...quiet, pages: [10, 40, 80], turns: [0] }, 20)
  for (let from = 0; from < 20; from += 1) {
    const inMinute = asked.filter(({ at }) => at >= from * minuteMs && at < (from + 1) * minuteMs)
    expect(inMinute.length).toBeLessThanOrEqual(60 + burst)
  }
})

it('reads every page again soon after a cloud that throttled', async () => {
  const ages = agesOf(await watching({ ...quiet, pages: [6], throttlesEvery: 20 }, 40))
  expect(Math.max(...ages.map(({ age }) => age))).toBeLessThan(4 * minuteMs)
})

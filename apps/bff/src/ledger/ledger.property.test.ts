import { transitionKinds } from '@lockdesk/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLedger } from './check-ledger.ts'
import type { TakeEnd } from './ledger.ts'
import { draftOf, held, ledgerInMemory, place, refOf } from './ledger-fixture.ts'
import type { Reading } from './observation.ts'

const ids = ['a', 'b', 'c', 'd', 'e', 'f']
const holders = [null, '71', '72', 'svc'] as const

/** What can happen to a cloud, to its readers and to those who take, one after the other. */
const step = fc.oneof(
  fc.record({
    does: fc.constant('console' as const),
    id: fc.constantFrom(...ids),
    holder: fc.constantFrom(...holders),
  }),
  fc.record({ does: fc.constant('remove' as const), id: fc.constantFrom(...ids) }),
  fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(10, 400, 5_000, 21_000, 90_000) }),
  fc.record({ does: fc.constant('ask' as const), unread: fc.subarray(ids, { maxLength: 3 }), isTorn: fc.boolean() }),
  fc.record({ does: fc.constant('arrive' as const) }),
  fc.record({ does: fc.constant('read' as const), id: fc.constantFrom(...ids) }),
  fc.record({
    does: fc.constant('take' as const),
    id: fc.constantFrom(...ids),
    acts: fc.boolean(),
    answers: fc.boolean(),
    readsBack: fc.boolean(),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

async function live(steps: readonly Step[]) {
  const world = await ledgerInMemory()
  const { ledger, clock } = world
  const cloud = new Map<string, ReturnType<typeof held> | null>(ids.map(id => [id, null]))
  cloud.set('always held', held('73')) // so that the lists are known to carry locks
  /** Sweeps that were asked for and have not arrived: their readings are of the past. */
  const asked: { readings: Reading[]; head: number; startedAt: number; isComplete: boolean }[] = []
  /** What was true, and since when; absent drafts are `undefined`. */
  const history = new Map<string, { since: number; holder: string | null | undefined }[]>(
    ids.map(id => [id, [{ since: 0, holder: null }]]),
  )
  history.set('always held', [{ since: 0, holder: '73' }])
  const become = (id: string, lock: ReturnType<typeof held> | null | undefined) => {
    if (lock === undefined) cloud.delete(id)
    else cloud.set(id, lock)
    history.get(id)?.push({ since: clock.now, holder: lock === undefined ? undefined : (lock?.holderId ?? null) })
  }
  const becameSo = (id: string, holder: string | null | undefined, after: number, by: number) =>
    history.get(id)?.some(state => state.holder === holder && state.since >= after && state.since <= by)
  /** As a reader of pages has it: a draft that did not change is the same object as before. */
  const pages = new Map<string, ReturnType<typeof draftOf>>()
  const look = (id: string) => {
    const lock = cloud.get(id) ?? null
    const last = pages.get(id)
    const draft = last && last.lock === lock ? last : draftOf(id, lock)
    pages.set(id, draft)
    return world.reading(draft)
  }

  const perform = {
    console: async ({ id, holder }: { id: string; holder: string | null }) => {
      become(id, holder === null ? null : held(holder, `${holder}-${clock.now}`))
    },
    remove: async ({ id }: { id: string }) => become(id, undefined),
    pass: async ({ ms }: { ms: number }) => void (clock.now += ms),
    ask: async ({ unread, isTorn }: { unread: string[]; isTorn: boolean }) => {
      const present = [...cloud.keys()].filter(id => !isTorn || !unread.includes(id))
      const head = await ledger.head()
      const readings = await Promise.all(present.map(look))
      asked.push({ readings, head, startedAt: clock.now, isComplete: !isTorn })
    },
    arrive: async () => {
      const sweep = asked.shift()
      if (sweep) await ledger.observeSweep({ ...sweep, namespace: place, finishedAt: clock.now, paceMs: 5_000 })
    },
    read: async ({ id }: { id: string }) => {
      if (cloud.has(id)) await ledger.observeReading(place, await look(id))
    },
    take: async ({
      id,
      acts,
      answers,
      readsBack,
    }: {
      id: string
      acts: boolean
      answers: boolean
      readsBack: boolean
    }) => {
      if (!cloud.has(id)) return
      const before = await ledger.observeReading(place, await look(id))
      // One's own that nobody answered is no reason not to try again.
      if (before.lock?.holder.id === 'svc') return
      const intent = await ledger.openIntent({
        ref: refOf(id),
        before,
        actor: { personId: 'bo' },
        identityIds: ['svc'],
        timeoutMs: 10_000,
      })
      const sentAt = clock.now
      const lock = held('svc', `svc-${sentAt}`)
      if (acts) become(id, lock)
      const got = { holder: { id: 'svc', name: 'svc' }, lockId: lock.id }
      const readBack: TakeEnd['readBack'] = readsBack
        ? { kind: 'draft', reading: await look(id) }
        : { kind: 'unreadable' }
      const isTaken = acts && (answers || readsBack)
      await ledger.closeIntent(intent, {
        outcome: isTaken ? 'taken' : answers ? 'refused' : 'unknown',
        ...(isTaken && { got: { ...got, confirmedBy: readsBack ? ('read-back' as const) : ('answer' as const) } }),
        readBack,
        sentAt,
        decidedAt: clock.now,
      })
    },
  }
  for (const one of steps) await (perform[one.does] as (given: Step) => Promise<void>)(one)

  // Quiet: nothing changes any more, and two complete sweeps come by after every time limit.
  while (asked.length > 0) await perform.arrive()
  for (let sweeps = 0; sweeps < 2; sweeps++) {
    clock.now += 60_000
    await perform.ask({ unread: [], isTorn: false })
    await perform.arrive()
  }
  const known = await ledger.drafts([place])
  const state = Object.fromEntries(known.map(({ ref, lock }) => [ref.draftId, lock?.holder.id ?? null]))
  const truth = Object.fromEntries([...cloud].map(([id, lock]) => [id, lock?.holderId ?? null]))
  const violations = await checkLedger(world.database)
  for (const entry of await world.all()) {
    if (!(transitionKinds as readonly string[]).includes(entry.kind)) continue
    const holder = entry.kind === 'deleted' ? undefined : entry.to_id
    if (!becameSo(entry.draft_id ?? '', holder, entry.at_after ?? 0, entry.at_by))
      violations.push(`entry ${entry.number} tells of ${entry.kind} ${holder}, which did not become so in its interval`)
  }
  const open = known.flatMap(({ intents }) => intents)
  await world.close()
  return { state, truth, violations, open }
}

describe('whatever happens to the cloud and to its readers', () => {
  it('leaves the ledger whole, every intent ended, and after quiet the state of the cloud', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const { state, truth, violations, open } = await live(steps)
        expect(violations).toEqual([])
        expect(open).toEqual([])
        expect(state).toEqual(truth)
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})

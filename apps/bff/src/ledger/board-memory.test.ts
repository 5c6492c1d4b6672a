import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bothStores } from '../../fixtures/stores.ts'
import { createBoardMemory } from './board-memory.ts'
import { createLedger } from './create-ledger.ts'
import type { DraftState } from './draft-state.ts'
import { draftOf, held, ledgerOn, place, refOf } from './ledger-fixture.ts'

const other = { ...place, namespace: 'trade-dev' }
const ids = ['a', 'b', 'c', 'd', 'e']

describe.each(bothStores())('the drafts that a board remembers, on $name', kind => {
  let world: Awaited<ReturnType<typeof ledgerOn>>
  beforeEach(async () => {
    world = await ledgerOn(await kind.open())
  })
  afterEach(() => world.close())

  const pass = (ms = 5_000) => void (world.clock.now += ms)
  const drafts = () => world.ledger.drafts([place])
  const take = (before: DraftState) =>
    world.ledger.openIntent({
      ref: before.ref,
      before,
      actor: { personId: 'bo' },
      identityIds: ['svc'],
      timeoutMs: 10_000,
    })

  it('are the same objects as long as nothing else is known of them', async () => {
    await world.sweep([draftOf('a'), draftOf('b', held('71')), draftOf('c')])
    const first = await drafts()
    pass()
    await world.sweep([draftOf('a'), draftOf('b', held('71')), draftOf('c', held('72'))])
    const second = await drafts()
    expect(second.map((draft, at) => draft === first[at])).toEqual([true, true, false])
    expect(second[2]?.lock?.holder.id).toBe('72')
    // What was handed out before stays as it was.
    expect(first[2]?.lock).toBeNull()
    // A later reading alone is nothing that anybody is shown.
    pass()
    await world.read(draftOf('a'))
    expect(await drafts()).toEqual(second)
    expect((await drafts())[0]).toBe(first[0])
  })

  it('come and go, by namespace, name and id', async () => {
    const named = (id: string, name: string) => ({ ...draftOf(id), name })
    await world.sweep([named('1', 'm'), named('2', 'z')])
    await world.sweep([named('9', 'a')], { namespace: other })
    const order = async () => (await world.ledger.drafts([place, other, place])).map(({ name }) => name)
    expect(await order()).toEqual(['a', 'm', 'z'])
    pass()
    await world.sweep([named('1', 'zz'), named('2', 'z'), named('3', '🚀'), named('4', '\uffee')])
    expect(await order()).toEqual(['a', 'z', 'zz', '\uffee', '🚀'])
    for (const _ of [1, 2]) {
      pass()
      await world.sweep([named('1', 'zz'), named('4', '\uffee')])
    }
    expect(await order()).toEqual(['a', 'zz', '\uffee'])
    pass()
    await world.sweep([named('1', 'zz'), named('2', 'z'), named('4', '\uffee')])
    expect(await order()).toEqual(['a', 'z', 'zz', '\uffee'])
    expect(await world.ledger.drafts([])).toEqual([])
  })

  it('are told of by whoever writes them, in this process or another', async () => {
    await world.sweep([draftOf('a'), draftOf('b')])
    await drafts()
    const elsewhere = await createLedger({ database: world.database, store: world.store })
    pass()
    await elsewhere.observeReading(place, await world.reading(draftOf('b', held('71'))))
    expect((await drafts()).map(({ lock }) => lock?.holder.id)).toEqual([undefined, '71'])
    // In the same millisecond as what was read just now.
    await elsewhere.observeReading(place, await world.reading(draftOf('a', held('72'))))
    expect((await drafts()).map(({ lock }) => lock?.holder.id)).toEqual(['72', '71'])
  })

  it('have the takes under way of the moment', async () => {
    await world.sweep([draftOf('a'), draftOf('b', held('71'))])
    const [a, b] = await drafts()
    if (!a) throw new Error('there are two')
    const open = await take(a)
    expect((await drafts()).map(({ intents }) => intents.length)).toEqual([1, 0])
    const close = (intent: typeof open, outcome: 'refused' | 'unknown') =>
      world.ledger.closeIntent(intent, {
        outcome,
        readBack: { kind: 'unreadable' },
        sentAt: world.clock.now,
        decidedAt: world.clock.now,
      })
    await close(open, 'refused')
    expect(await drafts()).toEqual([a, b])
    await close(await take(a), 'unknown')
    pass(1)
    expect((await drafts()).map(({ intents }) => intents[0]?.isPending)).toEqual([true, undefined])
    pass(60_000)
    // Nothing but the intent itself is written.
    await world.sweep([draftOf('a'), draftOf('b', held('71'))])
    expect(await drafts()).toEqual([{ ...a, intents: [] }, b])
    expect((await drafts())[1]).toBe(b)
  })

  it('are never older than the question, whoever else is being answered meanwhile', async () => {
    await world.sweep([draftOf('a')])
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>()
    let questions = 0
    const memory = createBoardMemory(world.database, {
      async lastWrite() {
        const last = await world.store.lastWrite()
        questions += 1
        if (questions === 1) await mayGoOn
        return last
      },
    })
    const early = memory.drafts([place])
    await expect.poll(() => questions).toBe(1)
    pass()
    await world.read(draftOf('a', held('71')))
    const late = [memory.drafts([place]), memory.drafts([place]), memory.drafts([other])]
    goOn()
    await early
    for (const found of (await Promise.all(late)).slice(0, 2)) expect(found[0]?.lock?.holder.id).toBe('71')
    // Those who waited shared one look.
    expect(questions).toBe(2)
  })

  it('cost nothing but a look at the last write where nothing was written', async () => {
    await world.sweep([draftOf('a'), draftOf('b', held('71'))])
    let statements = 0
    const counted = world.database.withPlugin({
      transformQuery({ node }) {
        statements += 1
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const memory = createBoardMemory(counted, world.store)
    const first = await memory.drafts([place])
    expect(statements).toBeGreaterThan(0)
    statements = 0
    expect(await memory.drafts([place])).toEqual(first)
    expect(statements).toBe(0)
  })

  it('go on after a look that failed', async () => {
    await world.sweep([draftOf('a')])
    let isDown = true
    const memory = createBoardMemory(world.database, {
      lastWrite: () => (isDown ? Promise.reject(new Error('the store is away')) : world.store.lastWrite()),
    })
    await expect(memory.drafts([place])).rejects.toThrow('away')
    isDown = false
    expect(await memory.drafts([place])).toHaveLength(1)
  })

  it('are all read again where many were written at once', async () => {
    const many = Array.from({ length: 2_300 }, (_, at) => draftOf(`d${at}`, at % 7 === 0 ? held('71') : null))
    await world.sweep(many)
    const first = await drafts()
    expect(first).toHaveLength(2_300)
    pass()
    await world.sweep(many.slice(5))
    pass()
    await world.sweep([...many.slice(5), draftOf('new')])
    const second = await drafts()
    expect(second.map(({ ref }) => ref.draftId)).toEqual(
      [...many.slice(5), draftOf('new')].toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ draftId }) => draftId),
    )
    const same = new Set(first)
    expect(second.filter(draft => !same.has(draft)).map(({ ref }) => ref.draftId)).toEqual(['new'])
  })

  it('are what a reading of the whole store finds, whatever happened since', async () => {
    const drafted = fc.record({
      id: fc.constantFrom(...ids),
      name: fc.constantFrom('a', 'b', '支付', '🚀'),
      holder: fc.constantFrom(null, '71', 'svc'),
    })
    const step = fc.oneof(
      fc.record({ does: fc.constant('sweep' as const), drafts: fc.uniqueArray(drafted, { selector: d => d.id }) }),
      fc.record({ does: fc.constant('read' as const), draft: drafted }),
      fc.record({ does: fc.constant('take' as const), id: fc.constantFrom(...ids) }),
      fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(0, 1, 5_000, 60_000) }),
      fc.record({ does: fc.constant('look' as const) }),
    )
    const upstream = ({ id, name, holder }: { id: string; name: string; holder: string | null }) => ({
      ...draftOf(id, holder === null ? null : held(holder)),
      name,
    })
    const look = async () => {
      const fresh = await createBoardMemory(world.database, world.store).drafts([place])
      const known = await drafts()
      expect(known).toEqual(fresh)
      for (const draft of known) expect(draft).toEqual(await world.ledger.draft(draft.ref))
    }
    const happen = async (one: typeof step extends fc.Arbitrary<infer S> ? S : never) => {
      if (one.does === 'sweep') await world.sweep(one.drafts.map(upstream))
      if (one.does === 'read') await world.read(upstream(one.draft))
      if (one.does === 'pass') pass(one.ms)
      if (one.does === 'look') await look()
      if (one.does === 'take') {
        const before = await world.ledger.draft(refOf(one.id))
        if (before && before.deletedAt === null && before.intents.length === 0) await take(before)
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async steps => {
        for (const one of steps) await happen(one)
        await look()
        pass(120_000)
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})

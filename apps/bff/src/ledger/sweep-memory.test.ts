import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bothStores } from '../../fixtures/stores.ts'
import { createLedger } from './create-ledger.ts'
import { draftOf, held, ledgerOn, place, refOf } from './ledger-fixture.ts'
import { createSweepMemory } from './sweep-memory.ts'

describe.each(bothStores())('what a sweep remembers of the one before, on $name', kind => {
  let world: Awaited<ReturnType<typeof ledgerOn>>
  const pages = { a: draftOf('a', held('71')), b: draftOf('b') }
  const sweepSame = () => {
    world.clock.now += 5_000
    return world.sweep([pages.a, pages.b])
  }
  const holders = async () => (await world.ledger.drafts([place])).map(({ lock }) => lock?.holder.id ?? null)
  beforeEach(async () => {
    world = await ledgerOn(await kind.open())
    await sweepSame()
    await sweepSame()
  })
  afterEach(() => world.close())

  it('does not hide what was written since by somebody else', async () => {
    await sweepSame()
    world.clock.now += 1_000
    await world.read(draftOf('b', held('72')))
    expect(await holders()).toEqual(['71', '72'])
    // The same page as before, and news now: the draft has become free again.
    await sweepSame()
    expect(await holders()).toEqual(['71', null])
  })

  it('does not hide what another process wrote', async () => {
    await sweepSame()
    const other = await createLedger({
      database: world.database,
      store: { ...world.store, now: () => world.clock.now },
    })
    world.clock.now += 1_000
    await other.observeReading(place, await world.reading(draftOf('a')))
    await sweepSame()
    expect(await holders()).toEqual(['71', null])
  })

  it('does not keep a draft that is not listed any more from being missed', async () => {
    for (const _ of [1, 2]) {
      world.clock.now += 5_000
      await world.sweep([pages.a])
    }
    expect(await world.ledger.draft(refOf('b'))).toMatchObject({ deletedAt: expect.any(Number) })
  })

  it('is forgotten where it could not be written', async () => {
    const memory = createSweepMemory()
    const recall = () => world.store.write(({ tx, now }) => memory.recall(tx, place, now))
    const first = await recall()
    memory.remember(place, [pages.a])
    expect([first.rows.size, first.isTakenIn(pages.a), first.isTakenIn(pages.b)]).toEqual([2, true, false])
    memory.forget(place)
    expect((await recall()).isTakenIn(pages.a)).toBe(false)
  })
})

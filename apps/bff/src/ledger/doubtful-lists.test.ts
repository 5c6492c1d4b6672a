import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bothStores } from '../../fixtures/stores.ts'
import { draftOf, held, ledgerOn, place, refOf } from './ledger-fixture.ts'

describe.each(bothStores())('lists that do not tell all, on $name', kind => {
  let world: Awaited<ReturnType<typeof ledgerOn>>
  beforeEach(async () => {
    world = await ledgerOn(await kind.open())
  })
  afterEach(() => world.close())

  const sweep = async (drafts: Parameters<typeof world.sweep>[0], facts: Parameters<typeof world.sweep>[1] = {}) => {
    world.clock.now += 5_000
    await world.sweep(drafts, facts)
  }
  const holderOf = async (id: string) => (await world.ledger.draft(refOf(id)))?.lock?.holder.id ?? null
  const state = async () => (await world.ledger.namespaces())[0]
  const doubted = new Set(['b'])
  const mute = {
    isMute: true,
    error: { title: 'Lists do not tell of locks.', cause: 'list-without-locks', requestId: null },
  } as const

  it('delete nothing that is doubted, however often they lack it', async () => {
    await sweep([draftOf('a'), draftOf('b')])
    for (let sweeps = 0; sweeps < 4; sweeps += 1) await sweep([draftOf('a')], { doubted })
    expect(await world.ledger.looseEnds(place)).toEqual({ missing: ['b'], listsCarryLocks: false })
    expect((await world.ledger.draft(refOf('b')))?.deletedAt).toBeNull()
    await sweep([draftOf('a')])
    expect((await world.ledger.draft(refOf('b')))?.deletedAt).not.toBeNull()
    expect((await world.ledger.looseEnds(place)).missing).toEqual([])
  })

  it('free nothing while they are mute, delete what they lack, and vouch for no lock', async () => {
    await sweep([draftOf('a', held('71')), draftOf('b')])
    const sweptAt = (await state())?.sweptAt
    expect((await world.ledger.looseEnds(place)).listsCarryLocks).toBe(true)
    await sweep([draftOf('a'), draftOf('b')], mute)
    await sweep([draftOf('a')], mute)
    await sweep([draftOf('a')], mute)
    expect(await holderOf('a')).toBe('71')
    expect(await world.ledger.heldDrafts(place)).toEqual(['a'])
    expect(await state()).toMatchObject({ sweptAt, isComplete: false, error: { cause: 'list-without-locks' } })
    expect((await world.ledger.draft(refOf('b')))?.deletedAt).not.toBeNull()
    expect((await world.ledger.looseEnds(place)).listsCarryLocks).toBe(false)
  })

  it('leave what direct readings show to them: known since nobody knows when, where no list ever told of a lock', async () => {
    await sweep([draftOf('a'), draftOf('b')])
    await sweep([draftOf('a'), draftOf('b')], mute)
    expect(await state()).toMatchObject({ sweptAt: null })
    world.clock.now += 1_000
    await world.read(draftOf('a', held('71')))
    expect((await world.ledger.draft(refOf('a')))?.lock).toMatchObject({ known: 'at-least', since: { after: null } })
    const readAt = world.clock.now
    await sweep([draftOf('a'), draftOf('b')], mute)
    world.clock.now += 1_000
    await world.read(draftOf('a'))
    expect((await world.all()).at(-1)).toMatchObject({ kind: 'freed', at_after: readAt, at_by: world.clock.now + 10 })
  })

  it('count again as soon as they tell of a lock', async () => {
    await sweep([draftOf('a', held('71')), draftOf('b', held('72'))])
    await sweep([draftOf('a'), draftOf('b')], mute)
    await sweep([draftOf('a'), draftOf('b', held('72'))])
    expect([await holderOf('a'), await holderOf('b')]).toEqual([null, '72'])
    expect(await state()).toMatchObject({ isComplete: true, error: null })
  })

  it('settle nothing where one answer names two holders of a draft', async () => {
    await sweep([draftOf('a', held('71'))])
    await sweep([draftOf('a'), draftOf('a', held('72'))])
    expect(await holderOf('a')).toBe('71')
    await sweep([draftOf('a', held('72')), draftOf('a', held('72'))])
    expect(await holderOf('a')).toBe('72')
  })
})

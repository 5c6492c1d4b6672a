import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bothStores } from '../../fixtures/stores.ts'
import { draftOf, held, ledgerOn, place } from './ledger-fixture.ts'
import { presentHolder } from './present-holder.ts'

describe.each(bothStores())('who belongs to a namespace, on $name', kind => {
  let world: Awaited<ReturnType<typeof ledgerOn>>
  let told: string[]
  beforeEach(async () => {
    world = await ledgerOn(await kind.open())
    told = []
    world.ledger.onFreshness(({ namespace }) => told.push(namespace))
    await world.sweep([draftOf('a', held('71')), draftOf('b', held('role:session'))])
  })
  afterEach(() => world.close())

  const read = async (...userIds: (string | null)[]) => {
    world.clock.now += 60_000
    const members = userIds.map(userId => ({ userId, role: 'editor' }))
    await world.ledger.observeMembers({ namespace: place, startedAt: world.clock.now, members })
  }
  const is = async (id: string, seenAt = 1_000_000) => (await world.ledger.memberOf())(place, id, seenAt)
  const revision = async () => (await world.ledger.namespaces())[0]?.revision

  it('is not known before it was read', async () => {
    expect([await is('71'), await world.ledger.membersReadAt(place)]).toEqual([null, null])
    await read('72')
    expect([await is('71'), await is('72'), await world.ledger.membersReadAt(place)]).toEqual([
      null,
      true,
      world.clock.now,
    ])
  })

  it('is told of as not so only after two complete readings that lack one', async () => {
    await read('71', '72')
    await read('72')
    expect(await is('71')).toBe(true)
    await read('72')
    expect(await is('71')).toBe(false)
    await read('71', '72')
    expect(await is('71')).toBe(true)
  })

  it('is not decided by readings from before one was seen to hold', async () => {
    await read('72')
    const between = world.clock.now + 1
    await read('72')
    expect([await is('73', between - 2), await is('73', between)]).toEqual([false, null])
    await read('72')
    expect(await is('73', between)).toBe(false)
  })

  it('stays open for who may belong in another way: as a role, or through a group', async () => {
    await read('72')
    await read('72')
    expect(await is('role:session')).toBeNull()
    await read('72', null)
    expect(await is('71')).toBeNull()
  })

  it('is not taken from an empty list, nor from one that is older than the last', async () => {
    await read('71')
    await read()
    await read()
    expect(await is('71')).toBe(true)
    const late = { namespace: place, startedAt: 999, members: [{ userId: '72', role: null }] }
    await world.ledger.observeMembers(late)
    await world.ledger.observeMembers(late)
    expect(await is('71')).toBe(true)
  })

  it('is news for who looks only where a holder is shown otherwise', async () => {
    const before = await revision()
    // Of the sweep.
    await expect.poll(() => told).toEqual([place.namespace])
    await read('71', '72')
    expect(await revision()).toBe((before ?? 0) + 1)
    await expect.poll(() => told).toEqual([place.namespace, place.namespace])
    await read('71')
    await read('71', '74')
    expect(await revision()).toBe((before ?? 0) + 1)
    await read('74')
    expect(await revision()).toBe((before ?? 0) + 1)
    await read('74')
    expect(await revision()).toBe((before ?? 0) + 2)
  })

  it('never says of Lockdesk’s own identity that it has left', async () => {
    await read('72')
    await read('72')
    const memberOf = await world.ledger.memberOf()
    const shown = (id: string) =>
      presentHolder({ id, name: 'x' }, { ...place, at: 1 }, null, { isService: (_, other) => other === '70', memberOf })
    expect([shown('70').member, shown('71').member, shown('72').member]).toEqual([null, false, true])
  })
})

import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draftOf, held, ledgerInMemory } from './ledger-fixture.ts'

let world: Awaited<ReturnType<typeof ledgerInMemory>>
beforeEach(async () => {
  world = await ledgerInMemory()
})
afterEach(() => world.close())

const found = (entries: number) =>
  world.sweep(Array.from({ length: entries }, (_, index) => draftOf(`d${index}`, held('71'))))

/** What no part of Lockdesk can do: somebody with the file in the hand. */
async function tamper(change: ReturnType<typeof sql>): Promise<void> {
  await sql`drop trigger entries_no_update`.execute(world.database)
  await sql`drop trigger entries_no_delete`.execute(world.database)
  await change.execute(world.database)
}

describe('the walk along the chain', () => {
  it('finds a ledger as it was written whole', async () => {
    expect(await world.ledger.verify()).toMatchObject({ ok: true, entries: 0, firstBad: null, checkpoints: 0 })
    await found(3)
    expect(await world.ledger.verify()).toMatchObject({ ok: true, entries: 3, firstBad: null, checkpoints: 0 })
  })

  it('names the first entry that was changed, also on a page long before the last', async () => {
    await found(2_100)
    await tamper(sql`update entries set to_name = 'somebody else' where number in (7, 2050)`)
    expect(await world.ledger.verify()).toMatchObject({ ok: false, entries: 2_100, firstBad: 7, checkpoints: 0 })
  })

  it('names the entry behind one that was taken out', async () => {
    await found(3)
    await tamper(sql`delete from entries where number = 2`)
    expect(await world.ledger.verify()).toMatchObject({ ok: false, entries: 2, firstBad: 3, checkpoints: 0 })
  })
})

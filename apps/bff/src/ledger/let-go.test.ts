import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { disarm } from '../../fixtures/tampering.ts'
import { sealedLedger, witnessOf } from '../../fixtures/tamper-trials.ts'
import { checkLedger } from './check-ledger.ts'
import { draftOf, held, place, refOf } from './ledger-fixture.ts'
import { letGo } from './let-go.ts'
import { readCheckpoints } from './read-checkpoints.ts'
import { createSigner } from './signer.ts'

const signer = createSigner('a secret of thirty-two characters')
const hour = 3_600_000

describe.each(bothStores())('letting old entries go on $name', kind => {
  let one: OpenStore
  let world: Awaited<ReturnType<typeof sealedLedger>>
  beforeEach(async () => {
    one = await kind.open(() => 1_000_000)
    world = await sealedLedger(one, signer)
  })
  afterEach(() => one.close())

  const rooms = () => ({ database: one.database, store: world.store, signer })
  const first = async () =>
    (await one.database.selectFrom('entries').select('number').orderBy('number').limit(1).executeTakeFirst())?.number

  it('takes whole segments that are older, and the walk begins at the checkpoint that stays', async () => {
    const checkpoints = await readCheckpoints(one.database)
    const witness = await witnessOf(one.database)
    const [, second] = checkpoints
    if (!second) throw new Error('there are no two')
    const gone = await letGo(rooms(), world.clock.now - second.at - 1)
    expect(gone).toBe(second.number)
    expect(await first()).toBe(second.number + 1)
    expect(await readCheckpoints(one.database)).toEqual(checkpoints)
    expect(await world.ledger.verify(witness)).toMatchObject({ ok: true, from: second.number + 1, checkpoints: 5 })
    expect(await checkLedger(one.database, { key: signer })).toEqual([])
  })

  it('leaves everything where nothing is old enough', async () => {
    expect(await letGo(rooms(), 30 * 24 * hour)).toBe(0)
    expect(await world.ledger.verify()).toMatchObject({ ok: true, from: 1 })
  })

  it('keeps the newest entry, from which numbers go on without a gap, and what is known of the drafts', async () => {
    const head = await world.ledger.head()
    const before = await world.ledger.draft(refOf('d3'))
    world.clock.now += 100 * hour
    await world.sealer.sealOld()
    expect((await readCheckpoints(one.database)).at(-1)?.number).toBe(head)
    world.clock.now += 100 * hour
    await letGo(rooms(), hour)
    expect(await world.ledger.head()).toBe(head)
    expect(await world.ledger.draft(refOf('d3'))).toEqual(before)
    const reading = { draft: draftOf('d3', held('74')), head, sentAt: world.clock.now, arrivedAt: world.clock.now }
    await world.ledger.observeReading(place, reading)
    expect(await world.ledger.head()).toBe(head + 1)
    expect(await world.ledger.verify()).toMatchObject({ ok: true, firstBad: null })
    expect(await checkLedger(one.database, { key: signer })).toEqual([])
  })

  it('leaves what somebody who must has not heard of yet', async () => {
    const [oldest] = await readCheckpoints(one.database)
    const upTo = (number: number) => ({ ...rooms(), heardUpTo: async () => number })
    expect(await letGo(upTo((oldest?.number ?? 0) - 1), 2 * hour)).toBe(0)
    expect(await letGo(upTo(oldest?.number ?? 0), 2 * hour)).toBe(oldest?.number)
  })

  it('goes on where a killed process stopped', async () => {
    const stop = new AbortController()
    stop.abort()
    expect(await letGo(rooms(), 2 * hour, stop.signal)).toBe(0)
    const kept = await world.ledger.verify()
    expect(kept).toMatchObject({ ok: true, from: expect.toSatisfy((from: number) => from > 1) })
    expect(await first()).toBe(1)
    expect(await letGo(rooms(), 2 * hour)).toBe(kept.from - 1)
    expect(await first()).toBe(kept.from)
  })

  it('is stopped above the floor by the store itself, which no floor but a checkpoint raises and none lowers', async () => {
    const { database } = one
    await letGo(rooms(), 2 * hour)
    const kept = await first()
    await expect(database.deleteFrom('entries').execute()).rejects.toThrow('append-only')
    await expect(database.updateTable('entries').set({ reason: 'x' }).execute()).rejects.toThrow('append-only')
    await expect(database.deleteFrom('ledger_floors').execute()).rejects.toThrow('append-only')
    await expect(database.updateTable('ledger_floors').set({ number: 1_000 }).execute()).rejects.toThrow('append-only')
    await expect(database.deleteFrom('checkpoints').execute()).rejects.toThrow('append-only')
    const floor = { number: (kept ?? 0) + 7, at: 1, key_id: signer.keyId, signature: '' }
    await expect(database.insertInto('ledger_floors').values(floor).execute()).rejects.toThrow(/foreign key/i)
    expect(await first()).toBe(kept)
  })

  it('does not hide that something is missing behind the floor, nor that the floor is made up', async () => {
    const { database, store } = one
    await letGo(rooms(), 2 * hour)
    const kept = (await first()) ?? 0
    await disarm(database, store.kind)
    await database.deleteFrom('entries').where('number', '=', kept).execute()
    expect((await checkLedger(database)).join()).toContain(`Entry ${kept + 1} does not fit behind ${kept - 1}`)
    const next = (await readCheckpoints(database)).find(({ number }) => number > kept)
    if (!next) throw new Error('there is none')
    await database.deleteFrom('entries').where('number', '<=', next.number).execute()
    const { number, key_id, signature } = next
    await database.insertInto('ledger_floors').values({ number, key_id, signature, at: 1 }).execute()
    expect((await world.ledger.verify()).faults.join()).toContain('nobody with the key said so')
  })

  it('takes what is derived with it, in the transaction that raises the floor', async () => {
    const told: number[] = []
    await letGo({ ...rooms(), forget: async (_, floor) => void told.push(floor) }, 2 * hour)
    expect(told).toEqual([((await first()) ?? 0) - 1])
    const fails = { ...rooms(), forget: () => Promise.reject(new Error('no')) }
    world.clock.now += 10 * hour
    await expect(letGo(fails, 2 * hour)).rejects.toThrow('no')
    expect((await world.ledger.verify()).from).toBe((told[0] ?? 0) + 1)
  })
})

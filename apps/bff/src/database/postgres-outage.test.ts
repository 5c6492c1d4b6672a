import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type OwnPostgres, ownPostgres } from '../../fixtures/own-postgres.ts'
import { type Wire, openWire } from '../../fixtures/wire.ts'
import { openDatabase } from './open-database.ts'
import { isStoreFault } from './store-fault.ts'

let server: OwnPostgres
beforeAll(async () => {
  server = await ownPostgres()
})
afterAll(() => server.end())
const endings: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

async function openStoreAt(url: string) {
  const { database, openStore, close } = await openDatabase(url)
  endings.push(close)
  return { database, store: await openStore(), close }
}

async function wire(): Promise<Wire> {
  const one = await openWire(server.url)
  endings.push(one.close)
  return one
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

describe('a connection that is half-open', () => {
  it('gives its duties to another replica within seconds, and writes nothing by them any more', async () => {
    const way = await wire()
    const near = await openStoreAt(way.url)
    const other = await openStoreAt(server.url)
    const duty = await near.store.tryDuty('sweep a')
    if (!duty) throw new Error('nobody else has it')
    expect(await other.store.tryDuty('sweep a')).toBeNull()

    way.freeze()
    const [written, read] = [
      failureOf(near.store.write(async () => null, duty)),
      failureOf(near.database.selectFrom('ledger').selectAll().execute()),
    ]
    await expect.poll(() => other.store.tryDuty('sweep a'), { timeout: 10_000, interval: 250 }).not.toBeNull()
    await expect.poll(() => duty.lost.aborted, { timeout: 15_000 }).toBe(true)
    expect(await failureOf(near.store.write(async () => null, duty))).toSatisfy(isStoreFault)
    expect(await written).toSatisfy(isStoreFault)
    expect(await read).toSatisfy(isStoreFault)

    way.mend()
    expect(await failureOf(near.store.write(async () => null, duty))).toSatisfy(isStoreFault)
    await vi.waitFor(() => near.store.write(async () => null), { timeout: 10_000, interval: 100 })
    expect(await near.store.tryDuty('sweep a')).toBeNull()
    expect(await near.store.tryDuty('sweep b')).not.toBeNull()
  }, 40_000)

  it('does not hold up the end of a process', async () => {
    const way = await wire()
    const { close, database, store } = await openStoreAt(way.url)
    await store.tryDuty('sweep c')
    way.freeze()
    void failureOf(database.selectFrom('ledger').selectAll().execute())
    await close() // within the time that this test has
    endings.length = 1
    expect(await failureOf(store.write(async () => null))).not.toBeNull()
  }, 8_000)

  it('leaves no transaction behind that others wait for', async () => {
    const way = await wire()
    const near = await openStoreAt(way.url)
    const other = await openStoreAt(server.url)
    const isIn = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const stuck = failureOf(
      near.store.write(async ({ tx }) => {
        isIn.resolve()
        await goOn.promise
        await tx.selectFrom('ledger').selectAll().execute()
      }),
    )
    await isIn.promise
    way.freeze()
    await vi.waitFor(() => other.store.write(async () => null), { timeout: 12_000 })
    way.mend()
    goOn.resolve()
    expect(await stuck).toSatisfy(isStoreFault)
  }, 30_000)
})

describe('a server that is gone', () => {
  it('is asked now and then until it is back, and everything goes on by itself', async () => {
    const way = await wire()
    const near = await openStoreAt(way.url)
    const other = await openStoreAt(server.url)
    const duty = await near.store.tryDuty('sweep d')
    const heard: string[] = []
    near.store.listen('turn', said => heard.push(said))
    const before = way.count()

    way.cut()
    await expect.poll(() => duty?.lost.aborted).toBe(true)
    expect(await failureOf(near.database.selectFrom('ledger').selectAll().execute())).toSatisfy(isStoreFault)
    await expect.poll(() => way.count() - before, { timeout: 8_000 }).toBeGreaterThan(12)
    const asked = way.count() - before
    const since = performance.now()
    await expect.poll(() => performance.now() - since, { timeout: 4_000 }).toBeGreaterThan(3_000)
    // Two connections that are kept, each tried twice a second.
    expect(way.count() - before - asked).toBeLessThan(20)

    way.mend()
    await expect.poll(() => heard).toContain('')
    await other.store.announce('turn', 'news')
    await expect.poll(() => heard.filter(said => said !== '')).toEqual(['news'])
    expect(await near.store.tryDuty('sweep d')).not.toBeNull()
    const isAlive = () => other.store.write(({ tx }) => other.store.isAlive(tx, near.store.processId))
    await expect.poll(isAlive).toBe(true)
  }, 30_000)

  it('in the middle of everything is a fault for whoever asks, and no end of the process', async () => {
    const { database, store } = await openStoreAt(server.url)
    const reads = Array.from({ length: 12 }, () => failureOf(database.selectFrom('ledger').selectAll().execute()))
    const writes = Array.from({ length: 12 }, () =>
      failureOf(store.write(({ tx }) => tx.selectFrom('ledger').selectAll().execute())),
    )
    const isIn = Promise.withResolvers<void>()
    const crashed = Promise.withResolvers<void>()
    const midway = failureOf(
      store.write(async ({ tx }) => {
        isIn.resolve()
        await crashed.promise
        return tx.selectFrom('ledger').selectAll().execute()
      }),
    )
    await isIn.promise
    await server.crash()
    crashed.resolve()
    for (const fault of await Promise.all([midway, ...reads, ...writes]))
      if (fault !== null) expect(fault).toSatisfy(isStoreFault)
    expect(await midway).not.toBeNull()
    expect(await failureOf(store.write(async () => null))).toSatisfy(isStoreFault)

    await server.comeBack()
    await vi.waitFor(() => store.write(async () => null), { timeout: 10_000, interval: 100 })
    await vi.waitFor(async () => expect(await store.tryDuty('sweep e')).not.toBeNull(), { timeout: 10_000 })
  }, 40_000)
})

describe('whoever reads', () => {
  it('does not wait for those who wait to write', async () => {
    const { database, store } = await openStoreAt(server.url)
    const other = await openStoreAt(server.url)
    const isIn = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const holding = other.store.write(async () => {
      isIn.resolve()
      await goOn.promise
    })
    await isIn.promise
    const writes = Array.from({ length: 30 }, () => store.write(async () => null))
    for (let n = 0; n < 12; n++) expect(await database.selectFrom('ledger').selectAll().execute()).toHaveLength(1)
    goOn.resolve()
    await Promise.all([holding, ...writes])
  }, 15_000)
})

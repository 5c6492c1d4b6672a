import { afterEach, describe, expect, it } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { openDatabase } from '../database/open-database.ts'
import type { Store } from '../database/store.ts'
import { createDraftTurns } from './draft-turns.ts'
import { createLeases } from './leases.ts'
import { WaitedTooLong } from './turns.ts'
import { byTimer } from './schedule.ts'

const [, postgres] = bothStores()
const ref = { workspace: 'w', namespace: 'n', draftId: 'd' }
const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
})

async function place() {
  const one = await postgres?.open()
  if (!one) throw new Error('there is no second store')
  undo.push(one.close)
  return one
}

/** A process of its own on the store. */
async function process({ url }: OpenStore) {
  const { database, openStore, close } = await openDatabase(url)
  const store: Store = await openStore()
  let isOpen = true
  const end = async () => {
    if (isOpen) await close()
    isOpen = false
  }
  undo.push(end)
  return { database, store, leases: createLeases({ database, store }), end }
}

describe('the lease of a draft', () => {
  it('is one process’s at a time, and the others hear when it is given back', async () => {
    const one = await place()
    const [a, b] = [await process(one), await process(one)]
    const lease = await a.leases.tryLease(ref)
    expect(lease).not.toBeNull()
    expect(await b.leases.tryLease(ref)).toBeNull()
    expect(await b.leases.tryLease({ ...ref, draftId: 'e' })).not.toBeNull()
    const heard = new Promise<void>(resolve => b.leases.onRelease(resolve))
    await lease?.release()
    await heard
    expect(await b.leases.tryLease(ref)).not.toBeNull()
  })

  it('is given to one only of many who ask at once', async () => {
    const one = await place()
    const [a, b] = [await process(one), await process(one)]
    for (let round = 0; round < 20; round++) {
      const asked = { ...ref, draftId: `d${round}` }
      const got = await Promise.all([a, b, a, b].map(({ leases }) => leases.tryLease(asked)))
      expect(got.filter(lease => lease !== null)).toHaveLength(1)
    }
  })

  it('of a process that is no more is anybody’s at once', async () => {
    const one = await place()
    const [a, b] = [await process(one), await process(one)]
    expect(await a.leases.tryLease(ref)).not.toBeNull()
    await a.end()
    await expect.poll(() => b.leases.tryLease(ref)).not.toBeNull()
  })

  it('that was not renewed in time is anybody’s, and whoever had it takes nothing away by giving it back late', async () => {
    const one = await place()
    const [a, b, c] = [await process(one), await process(one), await process(one)]
    const late = await a.leases.tryLease(ref)
    await one.database.updateTable('turns').set({ expires_at: 1 }).execute()
    expect(await b.leases.tryLease(ref)).not.toBeNull()
    await late?.release()
    expect(await c.leases.tryLease(ref)).toBeNull()
  })
})

describe('turns over two processes', () => {
  const turnsOf = ({ leases }: Awaited<ReturnType<typeof process>>, longestWaitMs = 15_000) =>
    createDraftTurns({ longestWaitMs, schedule: byTimer, leases, onFault: () => {} })

  it('run one at a time for a draft, whichever process they are of', async () => {
    const one = await place()
    const [a, b] = [turnsOf(await process(one)), turnsOf(await process(one))]
    let inside = 0
    const most: number[] = []
    const work = async () => {
      most.push((inside += 1))
      await one.database.selectFrom('turns').selectAll().execute()
      inside -= 1
    }
    await Promise.all(Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? a : b).run(ref, work)))
    expect(most).toEqual(Array.from({ length: 12 }, () => 1))
  })

  it('that do not come in time are given up, and begin nothing', async () => {
    const one = await place()
    const [a, b] = [await process(one), await process(one)]
    await a.leases.tryLease(ref)
    let hasBegun = false
    const waiting = turnsOf(b, 300).run(ref, async () => void (hasBegun = true))
    await expect(waiting).rejects.toThrow(WaitedTooLong)
    expect(hasBegun).toBe(false)
  })
})

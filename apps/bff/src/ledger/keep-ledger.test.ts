import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { sealedLedger } from '../../fixtures/tamper-trials.ts'
import { checkLedger } from './check-ledger.ts'
import { keepLedger } from './keep-ledger.ts'
import { readCheckpoints } from './read-checkpoints.ts'
import { createSigner } from './signer.ts'

const signer = createSigner('a secret of thirty-two characters')
const hour = 3_600_000

describe.each(bothStores())('looking after a ledger on $name', kind => {
  let one: OpenStore
  let world: Awaited<ReturnType<typeof sealedLedger>>
  let stop: () => Promise<void> = async () => {}
  beforeEach(async () => {
    one = await kind.open(() => 1_000_000)
    world = await sealedLedger(one, signer)
  })
  afterEach(async () => {
    await stop()
    await one.close()
  })

  const keep = (retentionMs: number | null, heardUpTo?: () => Promise<number>) => {
    const gone: number[] = []
    stop = keepLedger({
      database: one.database,
      store: world.store,
      sealer: world.sealer,
      retentionMs,
      onLetGo: count => gone.push(count),
      onFault: () => gone.push(-1),
      ...(heardUpTo && { heardUpTo }),
    })
    return gone
  }

  it('signs what has waited for an hour, and nothing sooner', async () => {
    const head = await world.ledger.head()
    keep(null)
    await stop()
    expect((await readCheckpoints(one.database)).at(-1)?.number).toBeLessThan(head)
    world.clock.now += hour
    keep(null)
    await vi.waitFor(async () => expect((await readCheckpoints(one.database)).at(-1)?.number).toBe(head))
  })

  it('lets go of what is old, with the holds that ended in it, and keeps what lasts', async () => {
    const holds = () => one.database.selectFrom('holds').select(['opened', 'closed']).orderBy('opened').execute()
    const gone = keep(2 * hour)
    await vi.waitFor(() => expect(gone).toHaveLength(1))
    expect(gone[0]).toBeGreaterThan(100)
    const floor = gone[0] ?? 0
    expect((await holds()).filter(({ closed }) => closed !== null && closed <= floor)).toEqual([])
    expect((await holds()).filter(({ closed }) => closed === null)).toHaveLength(20)
    expect(await checkLedger(one.database, { key: signer })).toEqual([])
  })

  it('keeps what a sink has not heard of', async () => {
    const asked = vi.fn(async () => 0)
    const gone = keep(2 * hour, asked)
    await vi.waitFor(() => expect(asked).toHaveBeenCalled())
    await stop()
    expect(gone).toEqual([])
    expect(await world.ledger.verify()).toMatchObject({ ok: true, from: 1 })
  })
})

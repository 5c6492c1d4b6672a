import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draftOf, ledgerInMemory, place } from './ledger-fixture.ts'
import { readFreshnessAt } from './sweep-hours.ts'
import { namespaceKey } from './within-scope.ts'

const hour = 3_600_000
let world: Awaited<ReturnType<typeof ledgerInMemory>>
beforeEach(async () => {
  world = await ledgerInMemory()
  world.clock.now = Date.UTC(2026, 1, 28, 10, 58)
})
afterEach(() => world.close())

const freshnessAt = async (at: number) =>
  (await readFreshnessAt(world.database, [place, { workspace: 'w', namespace: 'never' }], at)).get(namespaceKey(place))

async function sweepAt(startedAt: number, lastsMs: number, isComplete = true): Promise<void> {
  world.clock.now = startedAt + lastsMs
  await world.sweep([draftOf('a')], { startedAt, finishedAt: startedAt + lastsMs, isComplete })
}

describe('how fresh a namespace was', () => {
  it('is told by the last complete sweep that had ended then', async () => {
    const start = world.clock.now
    await sweepAt(start, 1_000)
    await sweepAt(start + 60_000, 90_000)
    await sweepAt(start + 180_000, 1_000, false)
    expect(await freshnessAt(start + 999)).toBeUndefined()
    expect(await freshnessAt(start + 1_000)).toEqual({ sweptAt: start, paceMs: 5_000, isComplete: true })
    // The second began in one hour and ended in the next.
    expect(await freshnessAt(start + 149_999)).toMatchObject({ sweptAt: start, isComplete: true })
    expect(await freshnessAt(start + 150_000)).toMatchObject({ sweptAt: start + 60_000, isComplete: true })
    expect(await freshnessAt(start + 181_000)).toMatchObject({ sweptAt: start + 60_000, isComplete: false })
  })

  it('remembers the last complete one over hours in which none was', async () => {
    const start = world.clock.now
    await sweepAt(start, 1_000)
    for (let late = 1; late <= 5; late += 1) await sweepAt(start + late * hour, 1_000, false)
    expect(await freshnessAt(start + 6 * hour)).toMatchObject({ sweptAt: start, isComplete: false })
  })

  it('takes a row an hour', async () => {
    for (let index = 0; index < 20; index += 1) await sweepAt(world.clock.now + 100, 50)
    expect(await world.database.selectFrom('sweep_hours').selectAll().execute()).toHaveLength(1)
  })
})

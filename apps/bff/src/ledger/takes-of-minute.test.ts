import { afterEach, describe, expect, it } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { type NewEntry, appendEntries } from './append-entries.ts'
import { waitForTake } from './takes-of-minute.ts'

let one: OpenStore
afterEach(() => one.close())

describe.each(bothStores())('takes a minute on $name', kind => {
  const write = (at: number, actor: string, ...kinds: NewEntry['kind'][]) =>
    one.store.write(({ tx }) =>
      appendEntries(
        tx,
        kinds.map(entry => ({
          kind: entry,
          how: 'lockdesk',
          workspace: 'w',
          namespace: 'n',
          draft_id: 'd',
          actor_id: actor,
          at_after: at,
          at_by: at,
        })),
        at,
      ),
    )
  const wait = (at: number, actor: string, most: number) =>
    one.store.write(({ tx }) => waitForTake(tx, actor, most, at))

  it('are counted for each actor, over any sixty seconds, and say when the next one fits', async () => {
    one = await kind.open()
    expect(await wait(0, 'bo', 2)).toBe(0)
    await write(0, 'bo', 'intent', 'held')
    expect(await wait(20_000, 'bo', 2)).toBe(0)
    await write(20_000, 'bo', 'intent', 'attempt')
    expect(await wait(20_500, 'bo', 2)).toBe(39_500)
    expect(await wait(20_500, 'ada', 2)).toBe(0)
    expect(await wait(59_999, 'bo', 2)).toBe(1)
    expect(await wait(60_000, 'bo', 2)).toBe(0)
    await write(60_000, 'bo', 'intent')
    expect(await wait(60_000, 'bo', 2)).toBe(20_000)
  })

  it('are without a limit at 0, and found behind whatever else the actor wrote', async () => {
    one = await kind.open()
    await write(0, 'bo', 'intent', ...Array.from({ length: 250 }, () => 'denied' as const))
    expect(await wait(1_000, 'bo', 1)).toBe(59_000)
    expect(await wait(1_000, 'bo', 0)).toBe(0)
  })
})

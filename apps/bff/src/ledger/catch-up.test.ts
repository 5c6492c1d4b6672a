import { describe, expect, it, vi } from 'vitest'
import { bothStores } from '../../fixtures/stores.ts'
import { appendEntries, type NewEntry } from './append-entries.ts'
import { checkHolds } from './check-holds.ts'
import { createLedger } from './create-ledger.ts'
import { readMarks } from './derived-marks.ts'
import { allEntries } from './history-fixture.ts'
import { HistoryBehind } from './ledger.ts'
import { draftOf, held, ledgerOn, place, refOf } from './ledger-fixture.ts'

/** What the release before wrote: entries, and nothing that is derived from them. */
const change = (draft: number, number: number): NewEntry => ({
  ...place,
  kind: number % 2 === 0 ? 'held' : 'freed',
  how: 'observed',
  known: 'bounded',
  draft_id: `d${draft}`,
  draft_name: `draft ${draft}`,
  from_id: number % 2 === 0 ? null : '71',
  to_id: number % 2 === 0 ? '71' : null,
  at_after: 1_000_000 + number,
  at_by: 1_000_001 + number,
})
const history = (length: number) => Array.from({ length }, (_, at) => change(at % 10, Math.floor(at / 10)))

describe.each(bothStores())('a ledger on $name that was written without holds', kind => {
  it('has them soon after it is opened', async () => {
    const { database, store, close } = await kind.open()
    await store.write(({ tx, now }) => appendEntries(tx, history(4_500), now))
    const ledger = await createLedger({ database, store })
    await vi.waitFor(
      async () => expect(await readMarks(database)).toMatchObject({ holds: 4_500, tallies: 4_500 }),
      30_000,
    )
    expect(await checkHolds(database, await allEntries(database))).toEqual([])
    const { holds } = await ledger.holds({ parts: [{ scope: [place] }], filter: {} }, { limit: 3 })
    expect(holds.map(({ opened }) => opened)).toEqual([4_490, 4_489, 4_488])
    await close()
  }, 60_000)

  it('waits for what little is missing, in the next question and in the next write', async () => {
    const { database, store, close } = await kind.open()
    const world = await ledgerOn({ database, store, close })
    await world.sweep([draftOf('a', held('71'))])
    const old = (number: number) => store.write(({ tx, now }) => appendEntries(tx, [change(1, number)], now))
    await old(0)
    const ask = () => world.ledger.holds({ parts: [{ scope: [place] }], filter: {} }, { limit: 9 })
    expect((await ask()).holds).toHaveLength(2)
    await old(1)
    await world.sweep([draftOf('a', null)])
    expect((await readMarks(database)).holds).toBe(4)
    await close()
  }, 60_000)
})

it('that is far behind says so, and still shows each draft its holds', async () => {
  const { database, store, close } = await bothStores()[0]!.open()
  await store.write(({ tx, now }) => appendEntries(tx, history(20_500), now))
  const { promise: never } = Promise.withResolvers<never>()
  // A store in which nobody else gets a turn to write.
  const ledger = await createLedger({
    database,
    store: { ...store, write: work => (work.toString().includes('endOfTheDead') ? store.write(work) : never) },
  })
  await expect(ledger.holds({ parts: [{ scope: [place] }], filter: {} }, { limit: 3 })).rejects.toThrow(HistoryBehind)
  expect(await ledger.holdsOf(refOf('d3'), 5)).toHaveLength(5)
  await close()
}, 60_000)

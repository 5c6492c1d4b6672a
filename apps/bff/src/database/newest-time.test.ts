import { expect, it } from 'vitest'
import { draftOf, held, ledgerInMemory } from '../ledger/ledger-fixture.ts'
import { newestTime } from './newest-time.ts'

it('is 0 in an empty store', async () => {
  const { database, close } = await ledgerInMemory()
  expect(await newestTime(database)).toBe(0)
  await close()
})

it('is the newest of sweeps, entries and direct readings', async () => {
  const { database, clock, sweep, read, close } = await ledgerInMemory()
  await sweep([draftOf('a', held('71'))])
  expect(await newestTime(database)).toBe(1_000_010)
  clock.now = 5_000_000
  await read(draftOf('a', held('71')))
  expect(await newestTime(database)).toBe(5_000_000)
  clock.now = 6_000_000
  await sweep([draftOf('a', held('71'))], {
    isComplete: false,
    error: { title: 'gone', cause: 'no-answer', requestId: null },
  })
  expect(await newestTime(database)).toBe(6_000_010)
  await close()
})

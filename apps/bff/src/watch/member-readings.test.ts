import { NoAnswer, type Member } from '@lockdesk/flink-client'
import { expect, it } from 'vitest'
import { LedgerUnavailable } from '../ledger/ledger.ts'
import { place } from '../ledger/ledger-fixture.ts'
import { keepReadingMembers, memberPace } from './member-readings.ts'

it('takes a tenth of the budget at most, and one reading in twenty sweeps', () => {
  expect(memberPace({ targetMs: 15_000, namespaces: 3, perMinute: 60 })).toBe(300_000)
  // A hundred namespaces at six calls a minute.
  expect(memberPace({ targetMs: 15_000, namespaces: 100, perMinute: 60 })).toBe(1_000_000)
})

/** Lets a day go by: when the members were asked for, in minutes, and what was told to the ledger and the log. */
async function aDay(
  answer: (turn: number) => Member[],
  lastRead: number | null,
  store: (turn: number) => void = () => {},
) {
  const clock = { now: 0 }
  const ending = new AbortController()
  const asked: number[] = []
  const observed: number[] = []
  const failures: string[] = []
  const watched = keepReadingMembers({
    namespace: place,
    reader: {
      async listMembers() {
        asked.push(clock.now / 60_000)
        return answer(asked.length)
      },
    },
    ledger: {
      membersReadAt: async () => lastRead,
      async observeMembers({ members }) {
        store(asked.length)
        observed.push(members.length)
      },
    },
    targetMs: 15_000,
    perMinute: () => 60,
    namespacesTogether: () => 3,
    now: () => clock.now,
    async sleep(ms) {
      clock.now += ms
      if (clock.now > 24 * 3_600_000) ending.abort(new Error('over'))
      ending.signal.throwIfAborted()
    },
    signal: ending.signal,
    onFailure: error => failures.push(error.name),
  })
  await expect(watched).rejects.toThrow('over')
  return { asked, observed, failures }
}
const members = [{ userId: '7', role: null }]

it('reads every five minutes, after a restart when it is time', async () => {
  const day = await aDay(() => members, null)
  expect(day.asked.slice(0, 3)).toEqual([0.5, 5.5, 10.5])
  expect(day.observed).toHaveLength(day.asked.length)
  expect((await aDay(() => members, -180_000)).asked.slice(0, 2)).toEqual([2, 7])
})

it('tells of a failure once, keeps its pace and goes on', async () => {
  const { asked, observed, failures } = await aDay(turn => {
    if (turn > 1 && turn < 5) throw new NoAnswer({ operation: 'ListMembers' }, 'timeout')
    return members
  }, null)
  expect(asked.slice(0, 6)).toEqual([0.5, 5.5, 10.5, 15.5, 20.5, 25.5])
  expect(observed).toHaveLength(asked.length - 3)
  expect(failures).toEqual(['NoAnswer'])
})

it('outlives a store that cannot be written', async () => {
  const { asked, failures } = await aDay(
    () => members,
    null,
    turn => {
      if (turn < 3) throw new LedgerUnavailable(new Error('full'))
    },
  )
  expect(asked.length).toBeGreaterThan(200)
  expect(failures).toEqual([])
})

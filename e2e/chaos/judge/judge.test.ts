import type { Board } from '@lockdesk/contract'
import { describe, expect, test } from 'vitest'
import type { History, Invariant, Line } from './history.ts'
import { judge } from './judge.ts'

const line = (number: number, facts: Partial<Line>): Line => ({
  number,
  id: `entry-${number}`,
  kind: 'held',
  how: 'observed',
  namespace: 'dev',
  draft_id: 'd1',
  actor_id: null,
  from_id: null,
  to_id: null,
  from_claim: null,
  to_claim: null,
  at_after: null,
  at_by: 0,
  recorded_at: 0,
  intent_id: null,
  outcome: null,
  ...facts,
})

const lock = (holderId: string) => ({
  holder: { id: holderId, name: 'Lin', kind: 'unknown' as const, member: null },
  seenSince: { after: null, by: '2026-11-25T00:00:00.000Z' },
  known: 'bounded' as const,
  overdueAt: null,
  claim: null,
})
const board = (holderId: string) =>
  ({ drafts: [{ ref: { workspace: 'w', namespace: 'dev', draftId: 'd1' }, lock: lock(holderId) }] }) as unknown as Board

/** A colleague took the draft, freed it, and then the service took it for somebody. */
const good: History = {
  clockSlackMs: 0,
  lines: [
    line(1, { to_id: '7', at_after: 90, at_by: 150, recorded_at: 151 }),
    line(2, { kind: 'freed', from_id: '7', at_after: 290, at_by: 350, recorded_at: 351 }),
    line(3, { kind: 'intent', at_by: 700, recorded_at: 700 }),
    line(4, {
      how: 'lockdesk',
      to_id: 'svc',
      to_claim: 'bo',
      at_after: 701,
      at_by: 720,
      recorded_at: 721,
      intent_id: 'entry-3',
      outcome: 'taken',
    }),
  ],
  complaints: [],
  truth: [
    {
      draftId: 'd1',
      namespace: 'dev',
      isLeftToColleagues: true,
      states: [
        { holderId: null, since: 0, isDeleted: false },
        { holderId: '7', since: 100, isDeleted: false },
        { holderId: null, since: 300, isDeleted: false },
        { holderId: 'svc', since: 710, isDeleted: false },
      ],
    },
  ],
  sweeps: new Map([['dev', [90, 140, 190, 290, 340, 390]]]),
  getLocks: [{ draftId: 'd1', at: 705 }],
  getLocksCounted: 1,
  getLocksWhileLooking: 0,
  told: [told('bo', 'taken', 'entry-4')],
  pairs: [[told('bo', 'taken', 'entry-4'), told('ada', 'held-by-other', null)]],
  boards: [{ followed: board('svc'), fresh: board('svc') }],
  stillPending: [],
  notices: [],
}

function told(person: string, outcome: 'taken' | 'held-by-other', eventId: string | null) {
  const status = outcome === 'taken' ? 200 : 409
  return { draftId: 'd1', person, replica: 'r', status, outcome, eventId, sentAt: 700, toldAt: 730 }
}

const without = (number: number) => good.lines.filter(one => one.number !== number)
const changed = (number: number, facts: Partial<Line>) =>
  good.lines.map(one => (one.number === number ? { ...one, ...facts } : one))

test('finds nothing in a history in which everything is as it must be', () => {
  expect(judge(good)).toEqual([])
})

describe('finds', () => {
  const spoilt: [string, Invariant, Partial<History>][] = [
    ['a transition that does not begin where the one before ended', 'I1', { lines: changed(4, { from_id: '7' }) }],
    [
      'a transition that is told twice',
      'I2',
      { lines: [...good.lines, line(5, { to_id: '7' }), line(6, { to_id: '7' })] },
    ],
    ['a number that is missing', 'I3', { lines: without(3) }],
    ['a broken chain', 'I4', { complaints: ['entry 4 does not fit behind 3'] }],
    ['a change that stood still over two sweeps and is not told', 'I5', { lines: without(1) }],
    ['a state that is not the cloud’s', 'I6', { lines: changed(4, { to_id: '8' }) }],
    ['a transition that never happened', 'I7', { lines: changed(1, { to_id: '8' }) }],
    ['an interval in which it did not happen', 'I7', { lines: changed(2, { at_after: 310 }) }],
    ['transitions in another order than they happened', 'I7', { lines: changed(2, { at_after: 0, at_by: 90 }) }],
    ['a getLock without an intent', 'I8', { getLocks: [...good.getLocks, { draftId: 'd2', at: 800 }] }],
    ['an intent that was written after its getLock', 'I8', { lines: changed(3, { recorded_at: 706 }) }],
    ['more getLocks counted than intents written', 'I8', { getLocksCounted: 2 }],
    ['an intent without an end', 'I8', { lines: changed(4, { intent_id: null }) }],
    ['a take that stays pending', 'I8', { stillPending: ['d1'] }],
    ['a follower with another board', 'I9', { boards: [{ followed: board('7'), fresh: board('svc') }] }],
    ['a getLock while people only looked', 'I10', { getLocksWhileLooking: 1 }],
    ['an answer that is not in the ledger', 'told', { told: [told('bo', 'taken', 'entry-9')] }],
    ['an answer that the ledger contradicts', 'told', { lines: changed(4, { outcome: 'refused' }) }],
    [
      'two who are both told taken',
      'pairs',
      { pairs: [[told('bo', 'taken', 'entry-4'), told('ada', 'taken', 'entry-4')]] },
    ],
    [
      'two who are both told that they are too late',
      'pairs',
      { pairs: [[told('bo', 'held-by-other', null), told('ada', 'held-by-other', null)]] },
    ],
  ]
  test.each(spoilt)('%s', (_, invariant, facts) => {
    expect(judge({ ...good, ...facts }).map(found => found.invariant)).toContain(invariant)
  })
})

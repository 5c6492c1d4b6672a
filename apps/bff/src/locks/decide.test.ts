import type { LockAnswer, UpstreamLock } from '@lockdesk/flink-client'
import { describe, expect, it } from 'vitest'
import { type Decision, type Shown, decide } from './decide.ts'

const lockOf = (holderId: string): UpstreamLock => ({
  id: `lock-of-${holderId}`,
  holderId,
  holderName: `name of ${holderId}`,
})
const holder = (id: string) => ({ id, name: `name of ${id}` })
const me = { ids: ['svc'], isCertain: true }
const before = holder('lin')

const rows = {
  'success, names me': { kind: 'granted', lock: lockOf('svc') },
  'success, names another': { kind: 'granted', lock: lockOf('lin') },
  'a refusal that is no permission': { kind: 'rejected', throttled: false },
  'a permission error': { kind: 'forbidden', layer: 'ram' },
  'no answer': { kind: 'lost', cause: 'timeout' },
} as const satisfies Record<string, LockAnswer>

const columns = {
  me: { kind: 'draft', lock: lockOf('svc') },
  before: { kind: 'draft', lock: lockOf('lin') },
  'a third': { kind: 'draft', lock: lockOf('wu') },
  free: { kind: 'draft', lock: null },
  'not readable': { kind: 'unreadable' },
} as const satisfies Record<string, Shown>

const got = (confirmedBy: 'read-back' | 'answer') => ({ holder: holder('svc'), lockId: 'lock-of-svc', confirmedBy })
const taken = (confirmedBy: 'read-back' | 'answer'): Decision => ({ outcome: 'taken', got: got(confirmedBy) })
const heldBy = (id: string): Decision => ({ outcome: 'held-by-other', holder: holder(id) })
const saidHeldBy = (id: string): Decision => ({ outcome: 'held-by-other', holder: holder(id), named: holder('lin') })
const refused: Decision = { outcome: 'refused', layer: 'unspecified' }
const denied: Decision = { outcome: 'refused', layer: 'ram' }
const unknown: Decision = { outcome: 'unknown' }

/** The product's table, cell by cell. */
const table: Record<keyof typeof rows, Record<keyof typeof columns, Decision>> = {
  'success, names me': {
    me: taken('read-back'),
    before: taken('answer'),
    'a third': { outcome: 'held-by-other', holder: holder('wu'), got: got('answer') },
    free: taken('answer'),
    'not readable': taken('answer'),
  },
  'success, names another': {
    me: taken('read-back'),
    before: saidHeldBy('lin'),
    'a third': saidHeldBy('wu'),
    free: { outcome: 'held-by-other', holder: null, named: holder('lin') },
    'not readable': saidHeldBy('lin'),
  },
  'a refusal that is no permission': {
    me: taken('read-back'),
    before: heldBy('lin'),
    'a third': heldBy('wu'),
    free: refused,
    'not readable': refused,
  },
  'a permission error': {
    me: taken('read-back'),
    before: denied,
    'a third': denied,
    free: denied,
    'not readable': denied,
  },
  'no answer': {
    me: taken('read-back'),
    before: unknown,
    'a third': unknown,
    free: unknown,
    'not readable': unknown,
  },
}

const cells = Object.entries(table).flatMap(([row, expected]) =>
  Object.entries(expected).map(([column, decision]) => ({
    row: row as keyof typeof rows,
    column: column as keyof typeof columns,
    decision,
  })),
)

describe('the decision about a take', () => {
  it('has a cell for each of five answers and five read backs', () => {
    expect(cells).toHaveLength(25)
  })

  it.each(cells)('$row × $column', ({ row, column, decision }) => {
    expect(decide({ answer: rows[row], readBack: columns[column], before, me })).toEqual(decision)
  })

  it.each(Object.entries(rows))('%s × the draft does not exist: it is gone, whatever was answered', (_, answer) => {
    expect(decide({ answer, readBack: { kind: 'gone' }, before, me })).toEqual({ outcome: 'draft-gone' })
  })

  it('calls whoever holds a draft that was free a third', () => {
    const readBack = columns.before
    expect(decide({ answer: rows['success, names me'], readBack, before: null, me })).toEqual({
      outcome: 'held-by-other',
      holder: before,
      got: got('answer'),
    })
    expect(decide({ answer: rows['a refusal that is no permission'], readBack, before: null, me })).toEqual(
      heldBy('lin'),
    )
  })

  it('says that the gateway refused where it throttled, and by which layer a permission is missing', () => {
    const readBack = columns.free
    expect(decide({ answer: { kind: 'rejected', throttled: true }, readBack, before, me })).toEqual({
      outcome: 'refused',
      layer: 'gateway',
    })
    expect(decide({ answer: { kind: 'forbidden', layer: 'namespace-role' }, readBack, before, me })).toEqual({
      outcome: 'refused',
      layer: 'namespace-role',
    })
  })

  it('believes the holder over a throttled answer', () => {
    expect(decide({ answer: { kind: 'rejected', throttled: true }, readBack: columns.before, before, me })).toEqual(
      heldBy('lin'),
    )
  })

  it('compares ids, never names', () => {
    const namesake = { id: 'l', holderId: '72', holderName: 'name of svc' }
    expect(decide({ answer: rows['no answer'], readBack: { kind: 'draft', lock: namesake }, before, me })).toEqual(
      unknown,
    )
    expect(
      decide({ answer: { kind: 'granted', lock: namesake }, readBack: columns['not readable'], before, me }),
    ).toEqual({
      outcome: 'held-by-other',
      holder: { id: '72', name: 'name of svc' },
      named: { id: '72', name: 'name of svc' },
    })
  })

  it('takes a namesake of the holder before for a third', () => {
    const namesake = { id: 'l', holderId: '72', holderName: before.name }
    expect(
      decide({ answer: rows['success, names me'], readBack: { kind: 'draft', lock: namesake }, before, me }),
    ).toEqual({ outcome: 'held-by-other', holder: { id: '72', name: before.name }, got: got('answer') })
  })
})

describe('a role, whose own holder id nobody knows yet', () => {
  const role = { ids: ['role', 'role:desk', 'desk'], isCertain: false }
  const stranger = lockOf('platform-9')

  it.each(Object.entries(columns))('is told the id that fits nobody as unknown (read back: %s)', (_, readBack) => {
    expect(decide({ answer: { kind: 'granted', lock: stranger }, readBack, before, me: role })).toEqual({
      outcome: 'unknown',
      stranger: holder('platform-9'),
    })
  })

  it('holds by any of its candidates', () => {
    for (const id of role.ids)
      expect(
        decide({ answer: { kind: 'granted', lock: lockOf(id) }, readBack: columns.free, before, me: role }),
      ).toMatchObject({ outcome: 'taken', got: { holder: { id } } })
    expect(
      decide({
        answer: { kind: 'granted', lock: stranger },
        readBack: { kind: 'draft', lock: lockOf('role:desk') },
        before,
        me: role,
      }),
    ).toMatchObject({ outcome: 'taken', got: { confirmedBy: 'read-back' } })
  })

  it('believes an answer that names the holder of before', () => {
    expect(decide({ answer: rows['success, names another'], readBack: columns.before, before, me: role })).toEqual(
      saidHeldBy('lin'),
    )
  })
})

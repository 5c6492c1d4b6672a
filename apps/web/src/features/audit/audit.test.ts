import type { LockEvent } from '@lockdesk/contract'
import { EventKind } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import { sampleEvent } from '../../live/sample-board.ts'
import { auditLines, mergePages } from './audit-lines.ts'
import { auditFilter, flatSearch, readAuditSearch, toggleKind } from './audit-search.ts'

const event = (number: number, changes: Partial<LockEvent> = {}) => sampleEvent(number, 'd1', changes)

describe('the lines of the audit', () => {
  it('begins each day with its date, once', () => {
    const yesterday = new Date(2026, 10, 23, 23, 59).toISOString()
    const lines = auditLines([event(3), event(2), event(1, { at: { after: null, by: yesterday } })])
    expect(lines.map(line => line.kind)).toEqual(['day', 'event', 'event', 'day', 'event'])
  })

  it('gives a gap a line of its own kind', () => {
    expect(auditLines([event(1, { kind: 'gap' })]).map(line => line.kind)).toEqual(['day', 'gap'])
  })

  it('has no two lines of one key, even where days come out of order', () => {
    const yesterday = new Date(2026, 10, 23).toISOString()
    const lines = auditLines([event(3), event(2, { at: { after: null, by: yesterday } }), event(1)])
    expect(new Set(lines.map(line => line.key)).size).toBe(lines.length)
  })

  it('shows an entry once that two pages brought', () => {
    const merged = mergePages([{ events: [event(3), event(2)] }, { events: [event(2), event(1)] }])
    expect(merged.map(one => one.number)).toEqual([3, 2, 1])
  })
})

describe('the audit in the URL', () => {
  it('reads every filter, writes it back the same, and asks the API by the same names', () => {
    const flat = { kind: 'freed,denied', actor: 'p1', holder: '71', draft: 'd1', namespace: 'trade-prod' }
    const search = readAuditSearch(flat)
    expect(search).toEqual({ ...flat, kind: ['freed', 'denied'] })
    expect(flatSearch(search)).toEqual(flat)
    expect(auditFilter(search, 100).toString()).toBe(
      'kind=freed%2Cdenied&actor=p1&holder=71&draft=d1&namespace=trade-prod&limit=100',
    )
  })

  it('knows every kind and leaves out what is none', () => {
    for (const kind of [...EventKind.options, 'taken']) expect(readAuditSearch({ kind })).toEqual({ kind: [kind] })
    expect(readAuditSearch({ kind: 'stolen,held', actor: '', theme: 'dark' })).toEqual({ kind: ['held'] })
    expect(readAuditSearch({ kind: 'stolen' })).toEqual({})
  })

  it('adds a kind and takes it back', () => {
    const one = toggleKind({ namespace: 'trade-prod' }, 'denied')
    const two = toggleKind(one, 'held')
    expect(two).toEqual({ namespace: 'trade-prod', kind: ['held', 'denied'] })
    expect(toggleKind(toggleKind(two, 'held'), 'denied')).toEqual({ namespace: 'trade-prod' })
  })
})

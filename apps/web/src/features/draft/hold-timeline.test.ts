import type { Hold } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import { gapsOf, layOutHolds, ticksOf, windowOf } from './hold-timeline.ts'

const hour = 3_600_000
const now = Date.parse('2026-11-24T16:14:00.000Z')
const iso = (hoursAgo: number) => new Date(now - hoursAgo * hour).toISOString()
const ref = { workspace: 'w', namespace: 'trade-prod', draftId: 'd1' }

function hold(changes: Partial<Hold> & Pick<Hold, 'from'>): Hold {
  return {
    ref,
    draftName: 'dwd_order',
    holder: { id: '71', name: 'Lin Wei', kind: 'person', member: null },
    until: null,
    known: 'bounded',
    how: 'observed',
    ...changes,
  }
}

describe('the timeline of holds', () => {
  it('draws a hold that goes on from the reading that showed it to now, with a soft start before it', () => {
    const [lane] = layOutHolds([hold({ from: { after: iso(7), by: iso(6) } })], [], '24h', now).lanes
    expect(lane?.name).toBe('Lin Wei')
    expect(lane?.bars[0]?.body?.x).toBeCloseTo(18 / 24)
    expect(lane?.bars[0]?.body?.width).toBeCloseTo(6 / 24)
    expect(lane?.bars[0]?.start).toMatchObject({ edge: 'soft' })
    expect(lane?.bars[0]?.start.width).toBeCloseTo(1 / 24)
    expect(lane?.bars[0]?.end).toBeNull()
  })

  it('starts sharply where Lockdesk took it', () => {
    const [lane] = layOutHolds([hold({ from: { after: iso(6), by: iso(6) }, known: 'exact' })], [], '24h', now).lanes
    expect(lane?.bars[0]?.start.edge).toBe('sharp')
  })

  it('starts hatched where the change fell into a gap', () => {
    const [lane] = layOutHolds(
      [hold({ from: { after: iso(9), by: iso(6) }, known: 'unwatched' })],
      [],
      '24h',
      now,
    ).lanes
    expect(lane?.bars[0]?.start.edge).toBe('hatched')
  })

  it('starts with dots, and no claim on the time before, where it was held when watching began', () => {
    const [lane] = layOutHolds([hold({ from: { after: null, by: iso(6) }, known: 'at-least' })], [], '24h', now).lanes
    expect(lane?.bars[0]?.start.edge).toBe('dotted')
    expect(lane?.bars[0]?.start.width).toBeLessThan(0.05)
  })

  it('ends softly between two readings, and hatched where they lie around a gap', () => {
    const ended = hold({ from: { after: iso(13), by: iso(12) }, until: { after: iso(9), by: iso(6) } })
    const gap = { from: now - 8.9 * hour, to: now - 6.1 * hour }
    expect(layOutHolds([ended], [], '24h', now).lanes[0]?.bars[0]?.end?.edge).toBe('soft')
    expect(layOutHolds([ended], [gap], '24h', now).lanes[0]?.bars[0]?.end?.edge).toBe('hatched')
  })

  it('claims no certain time for a hold that no two readings in a row have shown', () => {
    const short = hold({ from: { after: iso(3), by: iso(2) }, until: { after: iso(2), by: iso(1) } })
    expect(layOutHolds([short], [], '24h', now).lanes[0]?.bars[0]?.body).toBeNull()
  })

  it('cuts what reaches out of the window and leaves out what lies before it', () => {
    const long = hold({ from: { after: iso(40), by: iso(39) } })
    const old = hold({ from: { after: iso(60), by: iso(59) }, until: { after: iso(58), by: iso(57) } })
    expect(layOutHolds([long], [], '24h', now).lanes[0]?.bars[0]?.body).toEqual({ x: 0, width: 1 })
    expect(layOutHolds([old], [], '24h', now).lanes).toEqual([])
    expect(layOutHolds([old], [], '7d', now).lanes).toHaveLength(1)
  })

  it('keeps two people behind one account apart, and two holders of one name', () => {
    const service = { id: '9', name: 'svc-lockdesk', kind: 'service', member: null } as const
    const of = (id: string, name: string) => ({ by: { id, name }, at: iso(3) })
    const lanes = layOutHolds(
      [
        hold({ from: { after: iso(1), by: iso(1) }, holder: service, claim: of('p1', 'Bo Chen') }),
        hold({
          from: { after: iso(3), by: iso(3) },
          until: { after: iso(1), by: iso(1) },
          holder: service,
          claim: of('p2', 'Ada Okoye'),
        }),
        hold({ from: { after: iso(9), by: iso(8) }, until: { after: iso(7), by: iso(7) } }),
        hold({
          from: { after: iso(12), by: iso(11) },
          until: { after: iso(9), by: iso(9) },
          holder: { id: '72', name: 'Lin Wei', kind: 'person', member: null },
        }),
      ],
      [],
      '24h',
      now,
    ).lanes
    expect(lanes.map(lane => lane.name)).toEqual(['Bo Chen', 'Ada Okoye', 'Lin Wei ··71', 'Lin Wei ··72'])
  })

  it('reads the gaps out of the entries', () => {
    const gap = {
      id: 'e1',
      number: 4,
      kind: 'gap' as const,
      how: 'observed' as const,
      ref: { workspace: 'w', namespace: 'trade-prod' },
      draftName: '',
      from: null,
      to: null,
      at: { after: iso(9), by: iso(6) },
      recordedAt: iso(6),
    }
    expect(gapsOf([gap])).toEqual([{ from: now - 9 * hour, to: now - 6 * hour }])
    expect(layOutHolds([], gapsOf([gap]), '24h', now).gaps[0]?.width).toBeCloseTo(3 / 24)
  })

  it('labels round hours of a day and midnights of a longer time', () => {
    const day = ticksOf('24h', windowOf('24h', now)).map(at => new Date(at))
    expect(day.length).toBeGreaterThanOrEqual(5)
    expect(day.every(at => at.getMinutes() === 0 && at.getHours() % 4 === 0)).toBe(true)
    const week = ticksOf('7d', windowOf('7d', now)).map(at => new Date(at))
    expect(week.length).toBeGreaterThanOrEqual(6)
    expect(week.every(at => at.getHours() === 0)).toBe(true)
    expect(ticksOf('30d', windowOf('30d', now)).length).toBeGreaterThanOrEqual(5)
  })
})

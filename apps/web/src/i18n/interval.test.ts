import { describe, expect, it } from 'vitest'
import { formatInterval, zoneName } from './interval.ts'

const on = (after: string | null, by: string) => ({ after: after && `2026-11-${after}Z`, by: `2026-11-${by}Z` })
const say = (after: string | null, by: string, more = {}) =>
  formatInterval(on(after, by), 'en', { timeZone: 'Asia/Shanghai', ...more })

describe('an interval beside its day', () => {
  it('says the minute once', () => expect(say('24T06:00:10.000', '24T06:00:25.000')).toBe('14:00:10–25'))
  it('says both minutes where they differ', () =>
    expect(say('24T03:02:55.000', '24T03:03:10.000')).toBe('11:02:55–11:03:10'))
  it('needs no seconds over an hour', () => expect(say('24T03:20:14.000', '24T05:05:03.000')).toBe('11:20–13:05'))
  it('says the day of a start on another day', () => {
    expect(say('23T10:10:00.000', '24T05:05:00.000')).toBe('11-23 18:10–13:05')
    expect(say('23T15:59:50.000', '23T16:00:05.000')).toBe('11-23 23:59:50–00:00:05')
  })
  it('says what Lockdesk did to the millisecond', () =>
    expect(say('24T03:58:02.300', '24T03:58:02.417', { isExact: true })).toBe('11:58:02.417'))
  it('promises no start where watching began', () => {
    expect(say(null, '24T06:00:25.000')).toBe('before 14:00:25')
    expect(formatInterval(on(null, '24T06:00:25.000'), 'zh', { timeZone: 'Asia/Shanghai' })).toBe('14:00:25 前')
  })
  it('is one moment within a second', () => expect(say('24T06:00:10.100', '24T06:00:10.900')).toBe('14:00:10'))
  it('names the zone by its offset', () =>
    expect(zoneName(Date.parse('2026-11-24T06:00:00Z'))).toMatch(/^UTC[+−]\d\d:\d\d$/))
})

import { describe, expect, it } from 'vitest'
import { formatAge, formatAgeSpan, formatAgo, formatExact, formatWhen, sinceWords } from './time.ts'

const timeZone = 'Asia/Shanghai'
const now = Date.parse('2026-11-18T08:14:30.000Z') // 16:14:30 in Shanghai, a Wednesday
const s = 1000
const m = 60 * s
const h = 60 * m
const d = 24 * h

describe('an age', () => {
  it.each([
    [-5 * s, '0 s', '0 秒'],
    [41 * s, '41 s', '41 秒'],
    [59_999, '59 s', '59 秒'],
    [18 * m + 59 * s, '18 m', '18 分'],
    [2 * h + 14 * m, '2 h 14 m', '2 小时 14 分'],
    [3 * h, '3 h', '3 小时'],
    [26 * h + 7 * m, '26 h 7 m', '26 小时 7 分'],
    [6 * d + 5 * h, '6 d', '6 天'],
  ])('of %i ms is %s', (ms, en, zh) => {
    expect(formatAge(ms, 'en')).toBe(en)
    expect(formatAge(ms, 'zh')).toBe(zh)
  })

  it('that is only known within limits is a span', () => {
    expect(formatAgeSpan(3 * h + 9 * m, 4 * h + 54 * m, 'en')).toBe('3–5 h')
    expect(formatAgeSpan(40 * m, 2 * h, 'en')).toBe('40 m–2 h')
    expect(formatAgeSpan(3 * d, 5 * d, 'zh')).toBe('3–5 天')
    expect(formatAgeSpan(20 * s, 90 * s, 'en')).toBe('20 s–2 m')
  })
})

describe('a time', () => {
  it('is as short as it can be and still be clear, in the viewer’s zone', () => {
    expect(formatWhen('2026-11-18T07:56:00.000Z', now, 'en', timeZone)).toBe('15:56')
    expect(formatWhen('2026-11-16T06:07:00.000Z', now, 'en', timeZone)).toBe('Mon 14:07')
    expect(formatWhen('2026-11-02T06:07:00.000Z', now, 'en', timeZone)).toBe('2 Nov')
    expect(formatWhen('2025-11-02T06:07:00.000Z', now, 'en', timeZone)).toBe('2 Nov 2025')
    expect(formatWhen('2026-11-16T06:07:00.000Z', now, 'zh', timeZone)).toBe('周一 14:07')
    expect(formatWhen('2026-11-02T06:07:00.000Z', now, 'zh', timeZone)).toBe('11月2日')
  })

  it('changes its day at the viewer’s midnight, not at Greenwich’s', () => {
    expect(formatWhen('2026-11-17T16:30:00.000Z', now, 'en', timeZone)).toBe('00:30')
    expect(formatWhen('2026-11-17T15:30:00.000Z', now, 'en', timeZone)).toBe('Tue 23:30')
  })

  it('is exact where that is asked for', () => {
    expect(formatExact('2026-11-18T07:56:02.417Z', now, 'en', { to: 'ms', timeZone })).toBe('15:56:02.417')
    expect(formatExact('2026-11-16T06:07:08.000Z', now, 'en', { timeZone })).toBe('16 Nov, 14:07:08')
    expect(formatExact('2026-11-16T06:07:08.000Z', now, 'zh', { timeZone })).toBe('11月16日 14:07:08')
  })

  it('is told by its age within half a day', () => {
    expect(formatAgo(now - 2 * m, now, 'en', timeZone)).toBe('2 m ago')
    expect(formatAgo(now - 3 * h - 20 * m, now, 'en', timeZone)).toBe('3 h ago')
    expect(formatAgo(now - 3 * h, now, 'zh', timeZone)).toBe('3 小时前')
    expect(formatAgo(now - 40 * h, now, 'en', timeZone)).toBe('Tue 00:14')
  })
})

describe('since when a lock is held', () => {
  const interval = { after: '2026-11-18T06:00:10.000Z', by: '2026-11-18T06:00:25.000Z' }
  const say = (known: Parameters<typeof sinceWords>[1], more = {}, at = interval) =>
    sinceWords(at, known, now, 'en', { timeZone, ...more })

  it('is told with both ends of what is known', () => {
    expect(say('bounded')).toEqual({
      age: '2 h 14 m',
      at: '14:00',
      sentence: 'Seen since between 14:00:10 and 14:00:25.',
    })
  })

  it('is exact only where Lockdesk did it', () => {
    expect(say('exact').sentence).toBe('Taken through Lockdesk at 14:00:25.000.')
  })

  it('is a span after a gap, and never the shorter or the longer of its ends alone', () => {
    const gap = { after: '2026-11-18T03:20:00.000Z', by: '2026-11-18T05:05:00.000Z' }
    expect(say('unwatched', {}, gap).age).toBe('3–5 h')
    expect(say('unwatched', {}, gap).sentence).toBe('It changed while nobody watched, between 11:20:00 and 13:05:00.')
  })

  it('is at least, where it was so when watching began', () => {
    const before = { after: null, by: '2026-11-12T06:00:25.000Z' } as unknown as typeof interval
    expect(say('at-least', {}, before)).toMatchObject({ age: 'at least 6 d', at: 'before 12 Nov' })
    expect(say('bounded', {}, before).age).toBe('at least 6 d')
  })

  it('promises no more than the last reading where nobody has looked since', () => {
    expect(say('bounded', { lastSeenAt: '2026-11-18T06:34:25.000Z' }).age).toBe('≥ 34 m')
  })

  it('is written in Chinese, not translated', () => {
    expect(sinceWords(interval, 'bounded', now, 'zh', { timeZone })).toEqual({
      age: '2 小时 14 分',
      at: '14:00',
      sentence: '14:00:10 至 14:00:25 之间首次看到。',
    })
  })
})

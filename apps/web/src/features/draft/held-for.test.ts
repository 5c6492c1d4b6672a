import type { Hold, Interval } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import { lin, mei, sampleDraft, sampleEvent } from '../../live/sample-board.ts'
import { heldFor, lengthOfHold } from './held-for.ts'

const at = (time: string) => `2026-11-25T${time}.000Z`
const between = (after: string | null, by: string): Interval => ({ after: after && at(after), by: at(by) })
const hold = (from: Interval, until: Interval | null, known: Hold['known'] = 'bounded'): Hold => ({
  ref: sampleDraft('a').ref,
  draftName: 'a',
  holder: lin,
  from,
  until,
  known,
  how: 'observed',
})

describe('how long a hold was', () => {
  it('is one length where its ends are sharp enough to say so', () => {
    const exact = hold(between('08:00:00', '08:00:00'), between('08:05:00', '08:05:00'), 'exact')
    expect(lengthOfHold(exact, 'en')).toBe('5 m')
    expect(lengthOfHold(hold(between('08:00:00', '08:00:15'), between('10:00:00', '10:00:15')), 'en')).toBe('2 h')
  })

  it('is a range where nobody knows better', () => {
    const wide = hold(between('08:00:00', '08:02:00'), between('08:09:00', '08:11:00'))
    expect(lengthOfHold(wide, 'en')).toBe('7–11 m')
    expect(lengthOfHold(wide, 'zh')).toBe('7–11 分')
    expect(lengthOfHold(hold(between('08:00:00', '08:00:15'), between('08:00:15', '08:00:30')), 'en')).toBe('0–30 s')
  })

  it('is at least what was seen where its start was not', () => {
    const start = hold(between(null, '08:00:00'), between('08:07:00', '08:07:15'), 'at-least')
    expect(lengthOfHold(start, 'en')).toBe('at least 7 m')
    expect(lengthOfHold(start, 'zh')).toBe('至少 7 分')
  })

  it('is not told while it goes on, or where the entry ended another one', () => {
    expect(lengthOfHold(hold(between('08:00:00', '08:00:15'), null), 'en')).toBeNull()
    const ended = hold(between('08:00:00', '08:00:00'), between('08:00:20', '08:00:20'), 'exact')
    const freed = sampleEvent(20, 'a', { kind: 'freed', from: lin, to: null })
    expect(heldFor(freed, [ended], 'en')).toBe('20 s')
    expect(heldFor({ ...freed, from: mei }, [ended], 'en')).toBeNull()
  })
})

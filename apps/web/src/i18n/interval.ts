import type { Interval } from '@lockdesk/contract'
import type { Language } from './language.tsx'

const minute = 60_000
const hour = 60 * minute

export interface IntervalOptions {
  /** Lockdesk did it: one moment, to the millisecond. */
  isExact?: boolean
  /** The viewer's own zone unless told. */
  timeZone?: string
}

type Part = 'hour' | 'minute' | 'second' | 'fractionalSecond'

const formats = new Map<string, Intl.DateTimeFormat>()

function clockParts(at: number, timeZone: string | undefined): Record<Part, string> & { date: string } {
  const key = timeZone ?? ''
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
      ...(timeZone === undefined ? {} : { timeZone }),
    })
    formats.set(key, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(part => [part.type, part.value])) as Record<
    Part | 'month' | 'day' | 'year',
    string
  >
  return { ...parts, date: `${parts.year}-${parts.month}-${parts.day}` }
}

/**
 * When something happened, as short as an interval can be said beside its day: `14:00:10–25` between two readings,
 * `11:58:02.417` where it is exact, `11:20–13:05` over a long gap, `before 14:00:25` where watching began.
 */
export function formatInterval(at: Interval, language: Language, options: IntervalOptions = {}): string {
  const { timeZone, isExact = false } = options
  const by = clockParts(Date.parse(at.by), timeZone)
  const bySecond = `${by.hour}:${by.minute}:${by.second}`
  if (isExact) return `${bySecond}.${by.fractionalSecond}`
  if (at.after === null) return language === 'zh' ? `${bySecond} 前` : `before ${bySecond}`
  const length = Date.parse(at.by) - Date.parse(at.after)
  const after = clockParts(Date.parse(at.after), timeZone)
  const afterDate = after.date === by.date ? '' : `${after.date.slice(5)} `
  if (length >= hour) return `${afterDate}${after.hour}:${after.minute}–${by.hour}:${by.minute}`
  const afterSecond = `${after.hour}:${after.minute}:${after.second}`
  if (afterDate) return `${afterDate}${afterSecond}–${bySecond}`
  if (afterSecond === bySecond) return bySecond
  return after.hour === by.hour && after.minute === by.minute
    ? `${afterSecond}–${by.second}`
    : `${afterSecond}–${bySecond}`
}

/** How the viewer's zone is written beside times: `UTC+08:00`. */
export function zoneName(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset()
  const whole = Math.abs(minutes)
  const pad = (n: number) => String(n).padStart(2, '0')
  return `UTC${minutes < 0 ? '−' : '+'}${pad(Math.floor(whole / 60))}:${pad(whole % 60)}`
}

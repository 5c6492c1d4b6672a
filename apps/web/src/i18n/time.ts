import type { Interval, Known } from '@lockdesk/contract'
import type { Language } from './language.tsx'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const units = {
  en: {
    s: (n: number) => `${n} s`,
    m: (n: number) => `${n} m`,
    h: (n: number) => `${n} h`,
    d: (n: number) => `${n} d`,
  },
  zh: {
    s: (n: number) => `${n} 秒`,
    m: (n: number) => `${n} 分`,
    h: (n: number) => `${n} 小时`,
    d: (n: number) => `${n} 天`,
  },
} satisfies Record<Language, object>

/** A length of time as people say it: `41 s`, `18 m`, `2 h 14 m`, `26 h 7 m`, `6 d`. Never negative, never rounded up. */
export function formatAge(ms: number, language: Language): string {
  const unit = units[language]
  const whole = Math.max(0, ms)
  if (whole < minute) return unit.s(Math.floor(whole / second))
  if (whole < hour) return unit.m(Math.floor(whole / minute))
  if (whole >= 2 * day) return unit.d(Math.floor(whole / day))
  const minutes = Math.floor((whole % hour) / minute)
  const hours = unit.h(Math.floor(whole / hour))
  return minutes === 0 ? hours : `${hours} ${unit.m(minutes)}`
}

/** Two lengths as one span, without saying the unit twice where it is the same: `3–5 h`, `40 m–2 h`. Rounded outwards. */
export function formatAgeSpan(least: number, most: number, language: Language): string {
  const unit = units[language]
  const scale = [
    { from: 2 * day, size: day, name: unit.d },
    { from: hour, size: hour, name: unit.h },
    { from: minute, size: minute, name: unit.m },
    { from: 0, size: second, name: unit.s },
  ]
  const of = (ms: number) => scale.find(({ from }) => ms >= from) ?? { from: 0, size: second, name: unit.s }
  const [low, high] = [of(Math.max(0, least)), of(Math.max(0, most))]
  const from = Math.floor(Math.max(0, least) / low.size)
  const to = Math.ceil(Math.max(0, most) / high.size)
  if (low.size !== high.size) return `${low.name(from)}–${high.name(to)}`
  return from === to ? low.name(from) : `${from}–${high.name(to)}`
}

const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB')
const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, options: Intl.DateTimeFormatOptions, at: number, timeZone?: string): string {
  const key = `${language} ${timeZone ?? ''} ${JSON.stringify(options)}`
  let formatter = formats.get(key)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale(language), timeZone === undefined ? options : { ...options, timeZone })
    formats.set(key, formatter)
  }
  return formatter.format(at)
}

const toMinute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const toSecond = { ...toMinute, second: '2-digit' } as const
const toMillisecond = { ...toSecond, fractionalSecondDigits: 3 } as const
const dayKey = { year: 'numeric', month: '2-digit', day: '2-digit' } as const

function dateOf(at: number, now: number, language: Language, timeZone?: string): string {
  const sameYear = format('en', { year: 'numeric' }, at, timeZone) === format('en', { year: 'numeric' }, now, timeZone)
  const monthDay = { day: 'numeric', month: language === 'zh' ? 'long' : 'short' } as const
  return format(language, sameYear ? monthDay : { ...monthDay, year: 'numeric' }, at, timeZone)
}

function isSameDay(a: number, b: number, timeZone?: string): boolean {
  return format('en', dayKey, a, timeZone) === format('en', dayKey, b, timeZone)
}

/** When, as short as it can be and still be clear: `15:56` today, `Mon 14:07` within six days, `12 Nov`, `12 Nov 2024`. */
export function formatWhen(at: string | number, now: number, language: Language, timeZone?: string): string {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  if (isSameDay(ms, now, timeZone)) return format(language, toMinute, ms, timeZone)
  if (Math.abs(now - ms) < 6 * day) {
    return `${format(language, { weekday: 'short' }, ms, timeZone)} ${format(language, toMinute, ms, timeZone)}`
  }
  return dateOf(ms, now, language, timeZone)
}

export interface ExactOptions {
  /** `s` unless told. */
  to?: 's' | 'ms'
  /** The viewer's own zone unless told. */
  timeZone?: string
}

/** When, to the second: `14:00:10` today, `12 Nov, 14:00:10` else. */
export function formatExact(at: string | number, now: number, language: Language, options: ExactOptions = {}): string {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  const time = format(language, options.to === 'ms' ? toMillisecond : toSecond, ms, options.timeZone)
  if (isSameDay(ms, now, options.timeZone)) return time
  const date = dateOf(ms, now, language, options.timeZone)
  return language === 'zh' ? `${date} ${time}` : `${date}, ${time}`
}

/** How old a thing is, as one word: `2 m ago` within a day, then as {@link formatWhen}. */
export function formatAgo(at: string | number, now: number, language: Language, timeZone?: string): string {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  const age = Math.max(0, now - ms)
  if (age >= 12 * hour) return formatWhen(ms, now, language, timeZone)
  const words = age < hour ? formatAge(age, language) : units[language].h(Math.floor(age / hour))
  return language === 'zh' ? `${words}前` : `${words} ago`
}

export interface SinceWords {
  /** For the cell: `18 m`, `3–5 h`, `at least 6 d`. */
  age: string
  /** Beside it, in the third ink: `15:56`, `before 18 Nov`. */
  at: string
  /** The whole truth as a sentence, for the tooltip and the panel. */
  sentence: string
}

export interface SinceOptions {
  /** The last reading that still showed it, where nobody vouches for later: ages then promise only "at least". */
  lastSeenAt?: string | null
  timeZone?: string
}

/** Says since when a lock is held, and no more than is known. */
export function sinceWords(
  seenSince: Interval,
  known: Known,
  now: number,
  language: Language,
  options: SinceOptions = {},
): SinceWords {
  const { timeZone } = options
  const zone = timeZone === undefined ? {} : { timeZone }
  const by = Date.parse(seenSince.by)
  const after = seenSince.after === null ? null : Date.parse(seenSince.after)
  const until = options.lastSeenAt == null ? now : Math.min(now, Date.parse(options.lastSeenAt))
  const isOld = options.lastSeenAt != null
  const when = (at: number) => formatWhen(at, now, language, timeZone)
  const exact = (at: number, to: 's' | 'ms' = 's') => formatExact(at, now, language, { to, ...zone })
  const zh = language === 'zh'
  const age = formatAge(until - by, language)

  if (known === 'at-least' || after === null) {
    return {
      age: zh ? `至少 ${age}` : `at least ${age}`,
      at: zh ? `早于 ${when(by)}` : `before ${when(by)}`,
      sentence: zh
        ? `开始监视时已被占用，不晚于 ${exact(by)}。`
        : `Already held when watching began, at the latest since ${exact(by)}.`,
    }
  }
  if (known === 'unwatched') {
    return {
      age: isOld ? `≥ ${age}` : formatAgeSpan(until - by, until - after, language),
      at: zh ? `空档后 ${when(by)}` : `gap until ${when(by)}`,
      sentence: zh
        ? `变化发生在无人监视之时：${exact(after)} 至 ${exact(by)} 之间。`
        : `It changed while nobody watched, between ${exact(after)} and ${exact(by)}.`,
    }
  }
  if (known === 'exact') {
    return {
      age: isOld ? `≥ ${age}` : age,
      at: when(by),
      sentence: zh ? `${exact(by, 'ms')} 经 Lockdesk 取得。` : `Taken through Lockdesk at ${exact(by, 'ms')}.`,
    }
  }
  return {
    age: isOld ? `≥ ${age}` : age,
    at: when(by),
    sentence: zh
      ? `${exact(after)} 至 ${exact(by)} 之间首次看到。`
      : `Seen since between ${exact(after)} and ${exact(by)}.`,
  }
}

/**
 * Times as people type them: `7d` (so long ago; m, h, d, w), `2026-02-28` (that day, UTC), or a moment with its zone,
 * `2026-02-28T10:00Z`, `2026-02-28T10:00:00+08:00`.
 * @returns the one spelling of the same, moments in UTC with milliseconds; null where there is no such time
 */
export function readTimeWord(word: string): string | null {
  const ago = /^0*([1-9]\d{0,4})([mhdw])$/i.exec(word)
  if (ago) return `${ago[1]}${ago[2]?.toLowerCase()}`
  if (isDay(word)) return word
  const [, day = '', hour, minute, second = '00', fraction = '', zone = ''] = moment.exec(word) ?? []
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const millis = fraction.padEnd(3, '0').slice(0, 3)
  const at = Date.parse(`${day}T${hour}:${minute}:${second}.${millis}Z`) - offsetMs(zone)
  return at >= 0 && at <= latest ? new Date(at).toISOString() : null
}

/**
 * The first millisecond that a time word means, and the first one after it: a day has both ends, everything else is one millisecond long.
 * @param word as {@link readTimeWord} spells it
 * @param now what `7d` is counted back from
 */
export function spanOfTimeWord(word: string, now: number): { start: number; end: number } {
  const [, amount, unit] = /^(\d+)([mhdw])$/.exec(word) ?? []
  if (amount !== undefined) {
    const start = Math.max(0, now - Number(amount) * units[unit as keyof typeof units])
    return { start, end: start + 1 }
  }
  const start = Date.parse(word)
  return { start, end: start + (word.length === 'yyyy-mm-dd'.length ? units.d : 1) }
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }
const latest = Date.parse('9999-12-31T23:59:59.999Z')
const moment = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/i

/** A day of the calendar since 1970: `Date` would take 30 February for 2 March. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '1970') return false
  const day = new Date(`${text}T00:00:00.000Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

function offsetMs(zone: string): number {
  if (/^z$/i.test(zone)) return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return (zone.startsWith('-') ? -1 : 1) * minutes * units.m
}

import { Inexact } from './decode.ts'
import { isObject } from './json-object.ts'

/**
 * Single values as upstream sends them, read leniently: numbers may come as text, text as numbers, and nothing in many shapes. Each
 * answers `undefined` for what it cannot be, and null for nothing. An id is exactly what was sent, or there is no reading.
 */

/** Absent, null, nothing, or the two-character string `""` that upstream's examples show. */
export function isEmpty(value: unknown): boolean {
  if (typeof value !== 'string') return value === undefined || value === null
  // Asked of every value: nothing that begins with a letter or a digit is empty.
  return !(value.charCodeAt(0) > 0x22 && value.charCodeAt(0) < 0x80) && (value.trim() === '' || value === '""')
}

/** Asked of every text, and almost always no. */
const perhapsBroken = /[\0\uD800-\uDFFF]/
/** What no store and no JSON can give back unchanged: half a surrogate pair, and NUL. */
const isWhole = (text: string) => !perhapsBroken.test(text) || (text.isWellFormed() && !text.includes('\0'))
const wholeText = (text: string) => (isWhole(text) ? text : text.toWellFormed().replaceAll('\0', '\uFFFD'))

function digits(value: number): string | null {
  if (Number.isSafeInteger(value)) return value < 0 ? null : String(value)
  if (Number.isInteger(value)) throw new Inexact()
  return null
}

export function idOf(value: unknown): string | null | undefined {
  if (isEmpty(value)) return null
  if (typeof value === 'number') return digits(value) ?? undefined
  return typeof value === 'string' && isWhole(value) ? value : undefined
}

export function textOf(value: unknown): string | null | undefined {
  if (isEmpty(value)) return null
  if (typeof value === 'string') return wholeText(value)
  return typeof value === 'number' ? (digits(value) ?? String(value)) : undefined
}

/** Text that is only shown: what it cannot be is nothing, and never a reason not to read the rest. */
export function shownTextOf(value: unknown): string | null {
  if (isEmpty(value)) return null
  if (typeof value === 'string') return wholeText(value)
  return typeof value === 'number' ? String(value) : null
}

/** A name, character by character as it was sent, but for what is no character; '' where there is none. */
export function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return wholeText(value)
  const text = textOf(value)
  return text === null ? '' : text
}

export function countOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

/** Seconds up to here are the year 5138; what is larger is in milliseconds already, as upstream's neighbours tell it. */
const largestInSeconds = 1e11
/** The last millisecond of the year 9999: later ones have no ISO spelling of four digits. */
const latestInstant = 253_402_300_799_999

/** A time that is only shown, in epoch ms; null for nothing, and for what can be none. */
export function instantOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value.trim()) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) return null
  const ms = Math.trunc(number < largestInSeconds ? number * 1000 : number)
  return ms <= latestInstant ? ms : null
}

/** Labels are only shown: one that is no text is shown as JSON, and what is no set of labels is none. */
export function labelsOf(value: unknown): Record<string, string> {
  const labels: Record<string, string> = {}
  if (!isObject(value)) return labels
  for (const [name, label] of Object.entries(value)) {
    const text = isEmpty(label) ? '' : (shownTextOf(label) ?? jsonOf(label))
    if (text === null) continue
    // A member of its own, whatever its name.
    if (name === '__proto__') Object.defineProperty(labels, name, { value: text, enumerable: true })
    else labels[wholeText(name)] = text
  }
  return labels
}

function jsonOf(value: unknown): string | null {
  try {
    return wholeText(JSON.stringify(value))
  } catch {
    // Nested deeper than can be written.
    return null
  }
}

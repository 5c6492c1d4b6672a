import { Inexact } from './decode.ts'
import { isObject } from './json-object.ts'

/**
 * Single values as upstream sends them, read leniently: numbers may come as text, text as numbers, and nothing in many shapes. Each
 * answers `undefined` for what it cannot be, and null for nothing. An id is exactly what was sent, or there is no reading.
 */

/** Absent, null, nothing, or the two-character string `""` that upstream's examples show. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && (value.trim() === '' || value === '""'))
}

/** What no store and no JSON can give back unchanged: half a surrogate pair, and NUL. */
const isWhole = (text: string) => text.isWellFormed() && !text.includes('\0')
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
const latestInstant = 8.64e15

export function instantOf(value: unknown): number | null | undefined {
  if (isEmpty(value)) return null
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value.trim()) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0 || number > latestInstant) return undefined
  if (number === 0) return null
  return Math.trunc(number < largestInSeconds ? number * 1000 : number)
}

export function labelsOf(value: unknown): Record<string, string> | undefined {
  if (isEmpty(value)) return {}
  if (!isObject(value)) return undefined
  const pairs: [string, string][] = []
  for (const [name, label] of Object.entries(value)) {
    const text = typeof label === 'boolean' ? String(label) : nameOf(label)
    if (text === undefined) return undefined
    pairs.push([wholeText(name), text])
  }
  return Object.fromEntries(pairs)
}

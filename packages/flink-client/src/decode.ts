import type { z } from 'zod'
import type { JsonObject } from './json-object.ts'
import { textOf } from './text-of.ts'

/** A number that lost digits when it was parsed, in a field that matters. */
export class Inexact extends Error {
  override readonly name = 'Inexact'
}

/** The shape was not the call's. `where` names fields and positions, never values. */
export class WrongShape extends Error {
  override readonly name = 'WrongShape'
  readonly where: string
  constructor(where: string) {
    super(`wrong shape at ${where}`)
    this.where = where
  }
}

/**
 * Reads a parsed answer. Only where a field that matters holds a number beyond 2^53 is the text parsed again, with such numbers as
 * their digits; that takes several times as long.
 * @throws WrongShape
 */
export function decode<T>(schema: z.ZodType<T>, body: JsonObject, bytes: Buffer): T {
  try {
    return parse(schema, body)
  } catch (fault) {
    if (!(fault instanceof Inexact)) throw fault
  }
  try {
    return parse(schema, parseDigitByDigit(textOf(bytes)))
  } catch (fault) {
    // Not written as digits at all, such as 9e30.
    throw fault instanceof Inexact ? new WrongShape('a number') : fault
  }
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path ?? []
  throw new WrongShape(path.length === 0 ? 'the answer' : path.map(String).join('.'))
}

/** As `JSON.parse`, with the digits of every number that it would round. @throws WrongShape */
export function parseDigitByDigit(text: string): unknown {
  const keepDigits = (_key: string, value: unknown, context?: { source?: string }) => {
    const source = context?.source ?? ''
    return typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(source) ? source : value
  }
  try {
    return JSON.parse(text, keepDigits)
  } catch {
    // Nested too deep for a parser that calls back.
    throw new WrongShape('the answer')
  }
}

import type { Arrived, Reply } from './reply.ts'
import { retryAfterMs } from './retry.ts'

/** Codes by which the gateway says that RAM denies; the status beside them varies. */
const ramCodes: ReadonlySet<string> = new Set(['Forbidden.RAM', 'NoPermission', 'Forbidden'])

/** Throttling goes by the code: its status may be 400, 429 or 503. */
export function isThrottlingCode(errorCode: string | undefined): boolean {
  return errorCode !== undefined && (errorCode.includes('Throttling') || errorCode.startsWith('FlowControl'))
}

/** A limit told without such a code: status 429, or a refusal that says when to come back. */
export function isThrottlingStatus(reply: Reply, answer: Arrived): boolean {
  const httpCode = reply.kind === 'envelope' ? reply.httpCode : undefined
  if (answer.status === 429 || httpCode === 429) return true
  const refused = answer.status >= 400 || (reply.kind === 'envelope' && !reply.success)
  return refused && retryAfterMs(answer.headers) !== undefined
}

/** The layer that a denial names by its code, or by 403 around (or in) the product's envelope. */
export function deniedBy(reply: Reply, answer: Arrived): 'ram' | 'namespace-role' | null {
  if (reply.kind === 'gateway-error') return ramCodes.has(reply.errorCode) ? 'ram' : null
  if (reply.kind !== 'envelope' || reply.success) return null
  if (reply.errorCode === 'Forbidden.RAM') return 'ram'
  if (isServerError(reply, answer)) return null
  if (answer.status === 403 || reply.httpCode === 403) return 'namespace-role'
  return reply.errorCode !== undefined && ramCodes.has(reply.errorCode) ? 'ram' : null
}

/** 5xx, as status or told by the envelope. */
export function isServerError(reply: Reply, answer: Arrived): boolean {
  return answer.status >= 500 || (reply.kind === 'envelope' && (reply.httpCode ?? 0) >= 500)
}

/** `success: true` beside a status, or around an `httpCode`, that is no success. */
export function contradictsItself(reply: Reply & { kind: 'envelope' }, answer: Arrived): boolean {
  const isSuccess = (status: number) => status >= 200 && status < 300
  return reply.success && !(isSuccess(answer.status) && isSuccess(reply.httpCode ?? 200))
}

/** How far the clock here is ahead of the one that dated the answer, in ms; undefined where the answer has no date. */
export function clockOffsetMs(answer: Arrived): number | undefined {
  const dated = Date.parse(answer.headers.date ?? '')
  // The header is cut to whole seconds: its middle is the better guess.
  return Number.isNaN(dated) ? undefined : Math.round((answer.sentAt + answer.arrivedAt) / 2 - (dated + 500))
}

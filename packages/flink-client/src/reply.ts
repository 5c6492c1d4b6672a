import { XMLParser } from 'fast-xml-parser'
import type { Unreadable } from './errors.ts'
import { isObject, type JsonObject } from './json-object.ts'
import { textOf } from './text-of.ts'
import type { Delivery } from './send.ts'

/** What the body of an answer says, before anybody asks what it means for the call. */
export type Reply =
  | ({ kind: 'envelope'; success: boolean; httpCode: number | undefined; bytes: Buffer; body: JsonObject } & Said)
  | ({ kind: 'gateway-error'; errorCode: string } & Said)
  /** A JSON object that is neither; what STS answers with. */
  | ({ kind: 'plain'; bytes: Buffer; body: JsonObject } & Said)
  | ({ kind: 'unreadable'; how: Unreadable } & Said)

/** Other people's text, bounded and cleaned of what no code, id or sentence has. */
interface Said {
  errorCode?: string | undefined
  message?: string | undefined
  requestId?: string | undefined
}

export type Arrived = Extract<Delivery, { came: true }>

const longestXml = 64 * 1024

/** Makes the JSON of an answer into values. @throws SyntaxError */
export type ParseJson = (bytes: Buffer) => unknown

const parseWhole: ParseJson = bytes => JSON.parse(textOf(bytes))

/**
 * Reads the body on any status: a business failure may come with 200, and a gateway error with any.
 * @param parse how, where a call has a cheaper way than from the beginning
 */
export function readReply(answer: Arrived, parse = parseWhole): Reply {
  const requestId = token(answer.headers['x-acs-request-id'])
  if (answer.status >= 300 && answer.status < 400) return { kind: 'unreadable', how: 'redirect', requestId }
  if ('unreadable' in answer.body) return { kind: 'unreadable', how: answer.body.unreadable, requestId }
  const { bytes } = answer.body
  if (!beginsAsJson(bytes)) {
    const start = textOf(bytes).trimStart()
    if (start === '') return { kind: 'unreadable', how: 'empty', requestId }
    if (start.startsWith('<'))
      return gatewayErrorInXml(start, requestId) ?? { kind: 'unreadable', how: 'html', requestId }
  }
  let body: unknown
  try {
    body = parse(bytes)
  } catch {
    return { kind: 'unreadable', how: 'not-json', requestId }
  }
  if (!isObject(body)) return { kind: 'unreadable', how: 'wrong-shape', requestId }
  return readObject(body, bytes, requestId)
}

const beginsAsJson = (bytes: Buffer) => bytes[0] === 0x7b

function readObject(body: JsonObject, bytes: Buffer, ofHeader: string | undefined): Reply {
  const requestId = token(body['requestId']) ?? token(body['RequestId']) ?? ofHeader
  const code = token(body['Code']) ?? token(body['code'])
  if (!('success' in body)) {
    const message = sentence(body['Message']) ?? sentence(body['message'])
    if (code !== undefined)
      return { kind: 'gateway-error', errorCode: code, message: safeFor(code, message), requestId }
    return { kind: 'plain', bytes, body, message, requestId }
  }
  const success = body['success']
  if (typeof success !== 'boolean') return { kind: 'unreadable', how: 'wrong-shape', requestId }
  // The editable namespaces alone say `reason` and `message`.
  const errorCode = token(body['errorCode']) ?? code ?? token(body['reason'])
  const message = sentence(body['errorMessage']) ?? sentence(body['Message']) ?? sentence(body['message'])
  const httpCode = statusOf(body['httpCode'])
  return {
    kind: 'envelope',
    success,
    httpCode,
    errorCode,
    message: safeFor(errorCode, message),
    requestId,
    bytes,
    body,
  }
}

function gatewayErrorInXml(xml: string, ofHeader: string | undefined): Reply | null {
  // No document type: it could only define entities, and a page has one too.
  if (xml.length > longestXml || /<!doctype|<!entity|<html/i.test(xml)) return null
  let parsed: unknown
  try {
    parsed = new XMLParser({ parseTagValue: false, processEntities: false, ignoreAttributes: true }).parse(xml)
  } catch {
    return null
  }
  const root = isObject(parsed) ? Object.entries(parsed).find(([name]) => name !== '?xml')?.[1] : undefined
  if (!isObject(root)) return null
  const errorCode = token(root['Code']) ?? token(root['code'])
  if (errorCode === undefined) return null
  const message = sentence(root['Message']) ?? sentence(root['message'])
  const requestId = token(root['RequestId']) ?? token(root['requestId']) ?? ofHeader
  return { kind: 'gateway-error', errorCode, message: safeFor(errorCode, message), requestId }
}

/** A code or an id: one word of a sane length. The two-character string `""` stands for none. */
function token(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^[\w.:/-]{1,128}$/.test(text) ? text : undefined
}

const longestMessage = 300

function sentence(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, longestMessage)
    .toWellFormed()
  return text === '' || text === '""' ? undefined : text
}

/** The gateway quotes what it would have signed, security token included: those messages stay here. */
function safeFor(errorCode: string | undefined, message: string | undefined): string | undefined {
  return errorCode !== undefined && /Signature|SecurityToken/.test(errorCode) ? undefined : message
}

function statusOf(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^\d{1,3}$/.test(text) ? Number(text) : undefined
}

import { createHash, createHmac } from 'node:crypto'
import { headerValues, pathOf, queryOf, type Received } from './exchange.ts'

/*
 * The verifier's own reading of ACS3-HMAC-SHA256. It must stay independent of every signer:
 * a mistake shared by both sides would let a client pass here and fail at the cloud.
 */

export const algorithm = 'ACS3-HMAC-SHA256'

/** Names of the headers of a request that a signature has to cover. */
export function namesToSign(request: Received): string[] {
  const names = request.headers.map(([name]) => name.toLowerCase())
  const covered = names.filter(name => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
  return [...new Set(covered)].sort(byCodeUnit)
}

/** The line under which client and cloud must agree. `signedHeaders` is the list as the client sent it. */
export function stringToSign(request: Received, signedHeaders: string, payloadHash: string): string {
  const canonical = [
    request.method,
    canonicalPath(pathOf(request)),
    canonicalQuery(queryOf(request)),
    canonicalHeaders(request, signedHeaders.split(';')),
    signedHeaders,
    payloadHash,
  ].join('\n')
  return `${algorithm}\n${sha256(canonical)}`
}

export const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

export const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest()

/** The path as it was sent, but for three spellings that clients write in two ways. */
const canonicalPath = (path: string) => path.replaceAll('+', '%20').replaceAll('*', '%2A').replaceAll('%7E', '~')

/** Decoded and encoded anew: official clients send `! ' ( ) *` bare and sign them encoded. */
function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')
}

function canonicalHeaders(request: Received, names: readonly string[]): string {
  return names
    .toSorted(byCodeUnit)
    .map(name => `${name}:${headerValues(request, name).sort(byCodeUnit).join(',')}\n`)
    .join('')
}

/** RFC 3986: letters, digits, `-`, `_`, `.` and `~` stay, every other byte becomes `%XX`. */
function percentEncode(text: string): string {
  return Array.from(Buffer.from(text, 'utf8'), byte => {
    const character = String.fromCharCode(byte)
    return /[A-Za-z0-9\-_.~]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The canonical request of ACS3-HMAC-SHA256: the one spelling of a request that client and cloud both hash.
 * Nothing here knows a key.
 */

/** Query parameters, decoded. */
export type Query = Readonly<Record<string, string>>
/** Header values by name. */
export type Headers = Readonly<Record<string, string>>

const unreserved = /^[A-Za-z0-9\-_.~]*$/
const leftByEncodeURIComponent = /[!'()*]/g

/**
 * Percent-encodes everything but RFC 3986's unreserved characters, as UTF-8 with upper-case hex.
 * @throws URIError for half a surrogate pair, which has no UTF-8
 */
export function encode(text: string): string {
  if (unreserved.test(text)) return text
  return encodeURIComponent(text).replace(
    leftByEncodeURIComponent,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** A path of segments, each encoded once: a `/` inside a segment does not split it. */
export function pathOf(segments: readonly string[]): string {
  return `/${segments.map(encode).join('/')}`
}

/** The path as it is signed, from the path as it is sent (encoded already). */
export function canonicalUri(path: string): string {
  if (!/[+*]|%7E/.test(path)) return path
  return path.replaceAll('+', '%20').replaceAll('*', '%2A').replaceAll('%7E', '~')
}

/** The query as it is signed, and as this client sends it: names in code-unit order, each value encoded once. */
export function canonicalQuery(query: Query): string {
  const names = Object.keys(query)
  if (names.length === 0) return ''
  return names
    .toSorted()
    .map(name => `${encode(name)}=${encode(query[name] ?? '')}`)
    .join('&')
}

function isSigned(name: string): boolean {
  return name.startsWith('x-acs-') || name === 'host' || name === 'content-type'
}

/** The headers that are signed: one `name:value` line each, in order, and the list of their names. */
export function canonicalHeaders(headers: Headers): { lines: string; signedHeaders: string } {
  const values = new Map<string, string[]>()
  for (const spelling of Object.keys(headers)) {
    const name = spelling.toLowerCase()
    if (!isSigned(name)) continue
    const value = (headers[spelling] ?? '').trim()
    const earlier = values.get(name)
    if (earlier === undefined) values.set(name, [value])
    else earlier.push(value)
  }
  const names = [...values.keys()].sort()
  let lines = ''
  for (const name of names) lines += `${name}:${values.get(name)?.sort().join(',')}\n`
  return { lines, signedHeaders: names.join(';') }
}

export interface CanonicalRequest {
  text: string
  signedHeaders: string
}

/** @param payloadHash lower-case hex SHA-256 of the exact bytes of the body */
export function canonicalRequest(
  request: { method: string; path: string; query: Query; headers: Headers },
  payloadHash: string,
): CanonicalRequest {
  const { lines, signedHeaders } = canonicalHeaders(request.headers)
  const text = [
    request.method,
    canonicalUri(request.path),
    canonicalQuery(request.query),
    lines,
    signedHeaders,
    payloadHash,
  ].join('\n')
  return { text, signedHeaders }
}

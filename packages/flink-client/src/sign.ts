import { createHmac, hash } from 'node:crypto'
import { canonicalRequest, type Headers, type Query } from './canonical-request.ts'
import type { Credentials } from './credentials.ts'

export const algorithm = 'ACS3-HMAC-SHA256'

/** SHA-256 of no bytes at all. */
export const emptyPayloadHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** A request as it will be sent, but for what the signature adds. */
export interface UnsignedRequest {
  method: 'GET' | 'POST'
  /** Percent-encoded, each segment once. */
  path: string
  /** Decoded. */
  query: Query
  /** Must hold `host` exactly as it is sent; of the rest only `content-type` and `x-acs-*` are signed. */
  headers: Headers
  /** Absent: no body, and then no content-type either. */
  body?: string | Uint8Array
}

/** Lower-case hex SHA-256 of the exact bytes of a body. */
export function payloadHash(body: string | Uint8Array | undefined): string {
  return body === undefined || body.length === 0 ? emptyPayloadHash : hash('sha256', body, 'hex')
}

export function stringToSign(canonical: string): string {
  return `${algorithm}\n${hash('sha256', canonical, 'hex')}`
}

export function signature(accessKeySecret: string, text: string): string {
  return createHmac('sha256', accessKeySecret).update(text).digest('hex')
}

/** The value of `Authorization` for a request whose other headers are complete. */
export function authorization(
  request: Pick<UnsignedRequest, 'path' | 'query' | 'headers'> & { method: string },
  hashedPayload: string,
  credentials: Pick<Credentials, 'accessKeyId' | 'accessKeySecret'>,
): string {
  const { text, signedHeaders } = canonicalRequest(request, hashedPayload)
  const proof = signature(credentials.accessKeySecret, stringToSign(text))
  return `${algorithm} Credential=${credentials.accessKeyId},SignedHeaders=${signedHeaders},Signature=${proof}`
}

/** The moment as the cloud wants it: UTC, to the second. */
export function acsDate(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`
}

/**
 * All headers of the signed request.
 * @param instant epoch milliseconds; the cloud refuses more than 15 minutes off
 * @param nonce unique for each attempt: the cloud refuses one it has seen
 */
export function sign(
  request: UnsignedRequest,
  credentials: Credentials,
  instant: number,
  nonce: string,
): Record<string, string> {
  const hashedPayload = payloadHash(request.body)
  const headers: Record<string, string> = {
    ...request.headers,
    'x-acs-date': acsDate(instant),
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': hashedPayload,
  }
  if (credentials.securityToken !== undefined) {
    headers['x-acs-accesskey-id'] = credentials.accessKeyId
    headers['x-acs-security-token'] = credentials.securityToken
  }
  headers['authorization'] = authorization({ ...request, headers }, hashedPayload, credentials)
  return headers
}

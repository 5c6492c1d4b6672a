import { timingSafeEqual } from 'node:crypto'
import { algorithm, hmac, namesToSign, sha256, stringToSign } from './canonical-request.ts'
import { header, type Received } from './exchange.ts'
import { GatewayError } from './gateway.ts'
import type { AccessKey } from './identities.ts'
import type { NonceMemory } from './nonces.ts'

/** How far a client's clock may be off, to either side. */
export const clockWindowMs = 15 * 60_000

/** What stands in the header `Authorization`. */
export interface Authorization {
  accessKeyId: string
  /** Names as sent, joined by `;`. */
  signedHeaders: string
  signature: string
}

/**
 * Takes the header apart.
 * @throws GatewayError `IncompleteSignature`
 */
export function parseAuthorization(request: Received): Authorization {
  const given = header(request, 'authorization')
  if (given === undefined) throw incomplete('The header Authorization is missing.')
  const parts = /^(\S+)\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([^,\s]+)$/.exec(given)
  const [, scheme, accessKeyId, signedHeaders, signature] = parts ?? []
  if (accessKeyId === undefined || signedHeaders === undefined || signature === undefined) {
    throw incomplete(`Authorization must read "${algorithm} Credential=…,SignedHeaders=…,Signature=…".`)
  }
  if (scheme !== algorithm) throw incomplete(`The only signature algorithm here is ${algorithm}.`)
  return { accessKeyId, signedHeaders, signature }
}

/**
 * Judges one request as the cloud's gateway does, in this order: everything that must be there, clock, body,
 * signature, security token, nonce. The nonce comes last, so that a forged request burns none.
 * @throws GatewayError with the code of the first check that fails
 */
export function verifySignature(
  request: Received,
  authorization: Authorization,
  key: AccessKey,
  nonces: NonceMemory,
  now: number,
): void {
  const nonce = required(request, 'x-acs-signature-nonce')
  const payloadHash = required(request, 'x-acs-content-sha256')
  for (const name of ['host', 'x-acs-action', 'x-acs-version']) required(request, name)
  checkClock(header(request, 'x-acs-date'), now)
  checkCoverage(request, authorization.signedHeaders)
  if (payloadHash !== sha256(request.body)) {
    throw new GatewayError('InvalidContentSha256.Mismatch', 'x-acs-content-sha256 is not the SHA-256 of the body.')
  }
  const expected = stringToSign(request, authorization.signedHeaders, payloadHash)
  if (!sameText(hmac(key.accessKeySecret, expected).toString('hex'), authorization.signature)) {
    throw new GatewayError(
      'SignatureDoesNotMatch',
      `The signature is not the one that belongs to this request. Server string to sign is:${expected}`,
    )
  }
  checkToken(header(request, 'x-acs-security-token'), key, now)
  if (!nonces.remember(key.accessKeyId, nonce, now)) {
    throw new GatewayError('SignatureNonceUsed', 'This signature nonce was used already.')
  }
}

function required(request: Received, name: string): string {
  const value = header(request, name)
  if (value === undefined || value === '') throw incomplete(`The header ${name} is missing.`)
  return value
}

function checkClock(given: string | undefined, now: number): void {
  const date = given !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(given) ? Date.parse(given) : Number.NaN
  if (Number.isNaN(date)) {
    throw new GatewayError('InvalidTimeStamp.Format', 'x-acs-date must read yyyy-MM-ddTHH:mm:ssZ, in UTC.')
  }
  if (Math.abs(now - date) > clockWindowMs) {
    const offset = Math.round((date - now) / 1000)
    throw new GatewayError(
      'InvalidTimeStamp.Expired',
      `x-acs-date is ${Math.abs(offset)} s ${offset < 0 ? 'behind' : 'ahead of'} the server's clock; 900 s are allowed.`,
    )
  }
}

/** A header that could change the meaning of a call must not travel unsigned. */
function checkCoverage(request: Received, signedHeaders: string): void {
  const signed = new Set(signedHeaders.split(';'))
  const bare = namesToSign(request).filter(name => !signed.has(name))
  if (bare.length > 0) throw incomplete(`SignedHeaders lacks ${bare.join(', ')}.`)
}

function checkToken(given: string | undefined, key: AccessKey, now: number): void {
  if (given !== key.securityToken) {
    throw new GatewayError(
      'InvalidSecurityToken.MismatchWithAccessKey',
      'The security token does not belong to this access key.',
    )
  }
  if (key.expiresAt !== undefined && key.expiresAt <= now) {
    throw new GatewayError('InvalidSecurityToken.Expired', 'The security token has expired.')
  }
}

/** Compares in a time that does not depend on where the difference is. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const incomplete = (message: string) => new GatewayError('IncompleteSignature', message)

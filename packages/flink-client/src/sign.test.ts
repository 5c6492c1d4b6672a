import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonicalRequest } from './canonical-request.ts'
import { acsDate, authorization, payloadHash, sign, signature, stringToSign } from './sign.ts'

interface Vector {
  name: string
  method: 'GET' | 'POST'
  pathname: string
  query: Record<string, string>
  headers: Record<string, string>
  body: string | null
  accessKeyId: string
  accessKeySecret: string
  securityToken: string | null
  hashedPayload: string
  canonicalRequest: string
  stringToSign: string
  signedHeaders: string
  signature: string
  authorization: string
}

const file = new URL('../fixtures/acs3-vectors.json', import.meta.url)
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }
const shaped = vectors.map(vector => ({ ...vector, path: vector.pathname }))

it('has all nine vectors', () => {
  expect(vectors).toHaveLength(9)
})

describe.each(shaped)('vector $name', vector => {
  it('reaches the published text and signature at every step', () => {
    expect(payloadHash(vector.body ?? undefined)).toBe(vector.hashedPayload)
    const { text, signedHeaders } = canonicalRequest(vector, vector.hashedPayload)
    expect(text).toBe(vector.canonicalRequest)
    expect(signedHeaders).toBe(vector.signedHeaders)
    expect(stringToSign(text)).toBe(vector.stringToSign)
    expect(signature(vector.accessKeySecret, vector.stringToSign)).toBe(vector.signature)
    expect(authorization(vector, vector.hashedPayload, vector)).toBe(vector.authorization)
  })

  it('is what sign() sends, from the request, the credentials, the instant and the nonce alone', () => {
    const { 'x-acs-date': date, 'x-acs-signature-nonce': nonce, ...rest } = vector.headers
    const added = ['x-acs-content-sha256', 'x-acs-accesskey-id', 'x-acs-security-token']
    const headers = Object.fromEntries(Object.entries(rest).filter(([name]) => !added.includes(name)))
    const request = { method: vector.method, path: vector.path, query: vector.query, headers }
    const { accessKeyId, accessKeySecret, securityToken } = vector
    const signed = sign(
      vector.body === null ? request : { ...request, body: vector.body },
      securityToken === null ? { accessKeyId, accessKeySecret } : { accessKeyId, accessKeySecret, securityToken },
      Date.parse(date ?? ''),
      nonce ?? '',
    )
    expect(signed).toEqual({ ...vector.headers, authorization: vector.authorization })
  })
})

it('does not cover the workspace, and covers the nonce', () => {
  const vector = shaped.find(({ name }) => name.includes('GetDeploymentDraftLock'))
  if (vector === undefined) throw new Error('no such vector')
  const elsewhere = { ...vector, headers: { ...vector.headers, workspace: 'another' } }
  const replayed = { ...vector, headers: { ...vector.headers, 'x-acs-signature-nonce': 'another' } }
  expect(authorization(elsewhere, vector.hashedPayload, vector)).toBe(vector.authorization)
  expect(authorization(replayed, vector.hashedPayload, vector)).not.toBe(vector.authorization)
})

it('dates a request in UTC, to the second, cut and not rounded', () => {
  expect(acsDate(Date.UTC(2026, 10, 24, 4, 0, 0, 999))).toBe('2026-11-24T04:00:00Z')
})

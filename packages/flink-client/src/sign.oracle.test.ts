import { expect, it } from 'vitest'
import { OpenApiUtil } from '@alicloud/openapi-core'
import { canonicalRequest, pathOf } from './canonical-request.ts'
import type { Credentials } from './credentials.ts'
import { authorization, payloadHash, sign, signature, stringToSign, type UnsignedRequest } from './sign.ts'

/**
 * Every generated request is signed by us and by the official signer, and the two `Authorization` values are compared byte for byte.
 * Differences that are documented, and so not generated: the official one encodes the values of a query but not its names (names
 * here are those in use, which encode to themselves); it sends `! ' ( )` in a path as they are, where we send them encoded, and both
 * sign what they send.
 */
const requests = 12_000
const reserved = [...`:/?#[]@!$&'()*+,;=%~ "<>\\^\`{|}-_.`]
const words = ['支付对账', '𠮷', '🚀', 'über', 'Ж', 'e\u0301', '\u200b', 'مرحبا', '한국', '\u{10ffff}', '\t', '\n']
const names = [
  'pageIndex',
  'pageSize',
  'deploymentDraftId',
  'folderId',
  'regionId',
  'workspaceId',
  'RoleArn',
  'Tags',
  'a1',
]

/** Mulberry32: small, seeded, the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

interface Sample {
  segments: string[]
  request: UnsignedRequest
  credentials: Credentials
  instant: number
  nonce: string
  kinds: string[]
}

function* samples(seed: number, count: number): Generator<Sample> {
  const random = randomFrom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const pick = <T>(from: readonly T[]) => from[below(from.length)] as T
  const plain = () => pick(['trade-prod', 'c84d73be-40ad', 'x', '42', 'v2'])
  for (let number = 0; number < count; number += 1) {
    const kinds: string[] = []
    const text = (where: string): string => {
      let made = plain()
      if (random() < 0.3) {
        made += pick(words)
        kinds.push(`Unicode in ${where}`)
      }
      if (random() < 0.4) {
        // In turn, so that each one comes in each place.
        const character = reserved[(number + below(3)) % reserved.length] ?? '*'
        made = random() < 0.5 ? made + character : character + made
        kinds.push(`reserved in ${where}`)
        if (character === '*') kinds.push('a * somewhere')
      }
      return made
    }
    const isRpc = random() < 0.15
    const segments = isRpc ? [] : Array.from({ length: 1 + below(6) }, () => text('a path segment'))
    const query: Record<string, string> = {}
    for (let left = below(5); left > 0; left -= 1) query[pick(names)] = random() < 0.05 ? '' : text('a query value')
    const headers: Record<string, string> = {
      [pick(['host', 'Host'])]: pick(['ververica.cn-hangzhou.aliyuncs.com', '127.0.0.1:4181', 'localhost:8080']),
      accept: 'application/json',
      'x-acs-action': pick(['ListDeploymentDrafts', 'GetDeploymentDraftLock', 'UpdateDeploymentDraft']),
      [pick(['x-acs-version', 'X-Acs-Version'])]: '2022-07-18',
      workspace: 'a14bd5d90a1234',
    }
    if (random() < 0.2) {
      headers['x-acs-credentials-provider'] = `  ${text('a header')}  `
      headers['X-Acs-Credentials-Provider'] = 'static_ak'
      kinds.push('a header twice, with blanks around')
    }
    const request: UnsignedRequest = { method: pick(['GET', 'POST']), path: pathOf(segments), query, headers }
    if (random() < 0.4) {
      headers['content-type'] = 'application/json; charset=utf-8'
      request.body = JSON.stringify({ name: text('a body'), reason: text('a body') })
    }
    const credentials: Credentials = { accessKeyId: `LTAI${number}`, accessKeySecret: text('a secret') }
    if (random() < 0.35) {
      credentials.securityToken = `CAIS${text('a token')}+/==${number}`.replaceAll(/[\t\n]/g, '')
      kinds.push('a security token')
    }
    kinds.push(isRpc ? 'RPC' : 'ROA', request.body === undefined ? 'no body' : 'a body')
    yield { segments, request, credentials, instant: 1_760_000_000_000 + number * 777, nonce: `n${number}`, kinds }
  }
}

function officialAuthorization({ segments, request, credentials }: Sample, headers: Record<string, string>): string {
  const asTheOfficialClientSends = `/${segments.map(encodeURIComponent).join('/')}`
  const pathname = /[!'()]/.test(asTheOfficialClientSends) ? request.path : asTheOfficialClientSends
  return OpenApiUtil.getAuthorization(
    // These four are all that the signer reads of a request.
    { method: request.method, pathname, query: request.query, headers } as Parameters<
      typeof OpenApiUtil.getAuthorization
    >[0],
    'ACS3-HMAC-SHA256',
    payloadHash(request.body),
    credentials.accessKeyId,
    credentials.accessKeySecret,
  )
}

/** How many samples a signer signs otherwise than the official one, and which kinds those have. */
function differences(signer: (sample: Sample) => Record<string, string>, count: number) {
  const byKind = new Map<string, number>()
  const different: Sample[] = []
  for (const sample of samples(20261125, count)) {
    for (const kind of new Set(sample.kinds)) byKind.set(kind, (byKind.get(kind) ?? 0) + 1)
    const { authorization: ours, ...headers } = signer(sample)
    if (ours !== officialAuthorization(sample, headers)) different.push(sample)
  }
  return { different, byKind }
}

const ours = ({ request, credentials, instant, nonce }: Sample) => sign(request, credentials, instant, nonce)

it(`signs ${requests} generated requests byte for byte as the official signer`, () => {
  const { different, byKind } = differences(ours, requests)
  console.log(
    `${requests} requests compared with the official signer; of these with\n` +
      [...byKind].map(([kind, count]) => `  ${String(count).padStart(6)}  ${kind}`).join('\n'),
  )
  expect(different).toEqual([])
  expect(Math.min(...byKind.values())).toBeGreaterThan(500)
})

it('puts every reserved character into path, query and body', () => {
  const seen = { path: new Set<string>(), query: new Set<string>(), body: new Set<string>() }
  for (const { segments, request } of samples(20261125, requests)) {
    for (const character of segments.join('')) seen.path.add(character)
    for (const character of Object.values(request.query).join('')) seen.query.add(character)
    for (const character of request.body?.toString() ?? '') seen.body.add(character)
  }
  for (const place of Object.values(seen)) expect(reserved.filter(character => !place.has(character))).toEqual([])
})

it('would notice a signer that leaves * as it is', () => {
  const careless = (sample: Sample): Record<string, string> => {
    const { authorization: right, ...headers } = ours(sample)
    const hashed = payloadHash(sample.request.body)
    const { text } = canonicalRequest({ ...sample.request, headers }, hashed)
    const wrong = signature(sample.credentials.accessKeySecret, stringToSign(text.replaceAll('%2A', '*')))
    return { ...headers, authorization: `${right?.slice(0, -64)}${wrong}` }
  }
  const { different } = differences(careless, 2000)
  expect(different.length).toBeGreaterThan(10)
  expect(different.every(({ request }) => `${request.path}${JSON.stringify(request.query)}`.match(/%2A|\*/))).toBe(true)
})

it('signs a * that is sent as it is like one that is sent encoded', () => {
  const request = { method: 'GET', query: {}, headers: { host: 'h' } }
  const key = { accessKeyId: 'id', accessKeySecret: 'secret' }
  const encoded = authorization({ ...request, path: '/a%2Ab/~/c%20d' }, payloadHash(undefined), key)
  expect(authorization({ ...request, path: '/a*b/%7E/c+d' }, payloadHash(undefined), key)).toBe(encoded)
})

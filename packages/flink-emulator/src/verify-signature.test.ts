import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, call, send, sign, type WireRequest } from '../test/signed-request.ts'
import { demoKey, otherKey, roleKey } from './identities.ts'
import { startEmulator, type RunningEmulator } from './start-emulator.ts'

/** The text with another character at one place. */
const spoil = (text: string, at = text.length - 1) =>
  `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`

function withHeader(wire: WireRequest, name: string, change: (value: string) => string): WireRequest {
  return { ...wire, headers: { ...wire.headers, [name]: change(wire.headers[name] ?? '') } }
}

describe('one changed byte in any signed part', () => {
  let running: RunningEmulator
  let draftId: string
  beforeAll(async () => {
    running = await startEmulator({ world: { drafts: 30, namespaces: 1 } })
    draftId = running.emulator.truth()[0]?.draftId ?? ''
  })
  afterAll(() => running.close())

  const update = () =>
    sign(running.url, {
      ...ask.update('trade-prod', draftId, { labels: { a: 'b' } }),
      query: { page: 'one' },
      key: roleKey,
    })
  const code = async (wire: WireRequest) => (await send(running.url, wire)).json()['Code']

  it('is nothing the unspoiled request suffers from', async () => {
    expect((await send(running.url, update())).json()).toMatchObject({ success: true })
  })

  it.each<[part: string, spoiled: (wire: WireRequest) => WireRequest, code: string]>([
    ['method', wire => ({ ...wire, method: 'PUT' }), 'SignatureDoesNotMatch'],
    ['path', wire => ({ ...wire, target: wire.target.replace('trade-prod', 'trade-prox') }), 'SignatureDoesNotMatch'],
    ['draft id', wire => ({ ...wire, target: wire.target.replace('?', 'a?') }), 'SignatureDoesNotMatch'],
    ['query value', wire => ({ ...wire, target: spoil(wire.target) }), 'SignatureDoesNotMatch'],
    ['query name', wire => ({ ...wire, target: wire.target.replace('page', 'pace') }), 'SignatureDoesNotMatch'],
    ['added query', wire => ({ ...wire, target: `${wire.target}&b` }), 'SignatureDoesNotMatch'],
    ['host', wire => withHeader(wire, 'host', host => spoil(host, 0)), 'SignatureDoesNotMatch'],
    ['port of the host', wire => withHeader(wire, 'host', host => host.replace(/:\d+/, '')), 'SignatureDoesNotMatch'],
    ['action', wire => withHeader(wire, 'x-acs-action', spoil), 'SignatureDoesNotMatch'],
    ['version', wire => withHeader(wire, 'x-acs-version', value => value.replace('18', '19')), 'SignatureDoesNotMatch'],
    ['date, by a second', wire => withHeader(wire, 'x-acs-date', nextSecond), 'SignatureDoesNotMatch'],
    [
      'date, by a year',
      wire => withHeader(wire, 'x-acs-date', value => `1${value.slice(1)}`),
      'InvalidTimeStamp.Expired',
    ],
    ['date, by its form', wire => withHeader(wire, 'x-acs-date', value => spoil(value)), 'InvalidTimeStamp.Format'],
    ['nonce', wire => withHeader(wire, 'x-acs-signature-nonce', spoil), 'SignatureDoesNotMatch'],
    ['security token', wire => withHeader(wire, 'x-acs-security-token', spoil), 'SignatureDoesNotMatch'],
    ['key id of the token', wire => withHeader(wire, 'x-acs-accesskey-id', spoil), 'SignatureDoesNotMatch'],
    ['content type', wire => withHeader(wire, 'content-type', spoil), 'SignatureDoesNotMatch'],
    ['body hash', wire => withHeader(wire, 'x-acs-content-sha256', spoil), 'InvalidContentSha256.Mismatch'],
    ['body', wire => ({ ...wire, body: wire.body.replace('"b"', '"c"') }), 'InvalidContentSha256.Mismatch'],
    ['body, its end', wire => ({ ...wire, body: `${wire.body} ` }), 'InvalidContentSha256.Mismatch'],
    ['signature', wire => withHeader(wire, 'authorization', spoil), 'SignatureDoesNotMatch'],
    [
      'key id',
      wire => withHeader(wire, 'authorization', value => value.replace('Role,', 'Rolf,')),
      'InvalidAccessKeyId.NotFound',
    ],
    [
      'another known key id',
      wire => withHeader(wire, 'authorization', value => value.replace('STS.LockdeskRole', demoKey.accessKeyId)),
      'SignatureDoesNotMatch',
    ],
    [
      'list of signed headers',
      wire => withHeader(wire, 'authorization', value => value.replace(';x-acs-version', '')),
      'IncompleteSignature',
    ],
    [
      'order of the signed headers',
      wire => withHeader(wire, 'authorization', value => value.replace('content-type;host', 'host;content-type')),
      'SignatureDoesNotMatch',
    ],
    [
      'algorithm',
      wire => withHeader(wire, 'authorization', value => value.replace('256', '255')),
      'IncompleteSignature',
    ],
    [
      'an unsigned x-acs header',
      wire => ({ ...wire, headers: { ...wire.headers, 'x-acs-more': '1' } }),
      'IncompleteSignature',
    ],
  ])('%s', async (_part, spoiled, expected) => {
    expect(await code(spoiled(update()))).toBe(expected)
  })

  it.each(['x-acs-action', 'x-acs-version', 'x-acs-signature-nonce', 'x-acs-content-sha256', 'authorization'])(
    'a missing %s is an incomplete signature',
    async name => {
      const wire = update()
      delete wire.headers[name]
      expect(await code(wire)).toBe('IncompleteSignature')
    },
  )

  it('is no matter of the workspace header, which no signature covers', async () => {
    const wire = withHeader(update(), 'workspace', spoil)
    const answer = await send(running.url, wire)
    expect(answer.json()).toMatchObject({ success: false, errorCode: '990101' })
  })

  it('changes nothing and strikes no fault, but is counted where it names a key', async () => {
    running.emulator.addFault({ kind: 'html', times: 1 })
    const before = running.emulator.calls()[otherKey.accessKeyId]
    const forged = withHeader(sign(running.url, ask.take('trade-prod', draftId, otherKey)), 'authorization', spoil)
    expect(await code(forged)).toBe('SignatureDoesNotMatch')
    expect(before).toBeUndefined()
    expect(running.emulator.calls()[otherKey.accessKeyId]).toEqual({ GetDeploymentDraftLock: 1 })
    expect(running.emulator.listFaults()).toHaveLength(1)
    running.emulator.clearFaults()
  })

  it('repeats the string to sign at the very end, and never a secret', async () => {
    const answer = await send(running.url, withHeader(update(), 'authorization', spoil))
    expect(answer.json()['Message']).toMatch(/ACS3-HMAC-SHA256\n[0-9a-f]{64}$/)
    expect(answer.text).not.toContain(roleKey.accessKeySecret)
    expect(answer.text).not.toContain(roleKey.securityToken)
  })
})

const nextSecond = (date: string) => new Date(Date.parse(date) + 1000).toISOString().replace('.000Z', 'Z')

describe('clock and nonce', () => {
  let running: RunningEmulator
  let now = Date.parse('2026-11-25T10:00:00Z')
  beforeAll(async () => {
    running = await startEmulator({ world: { drafts: 3, namespaces: 1 }, now: () => now })
  })
  afterAll(() => running.close())
  const list = (more: object) => call(running.url, { ...ask.list('trade-prod'), date: now, ...more })

  it('refuses a clock 16 minutes off, to either side, and takes one 14 minutes off', async () => {
    for (const minutes of [-16, 16]) {
      const answer = await list({ date: now + minutes * 60_000 })
      expect(answer.status).toBe(400)
      expect(answer.json()).toMatchObject({ Code: 'InvalidTimeStamp.Expired' })
    }
    for (const minutes of [-14, 14]) {
      expect((await list({ date: now + minutes * 60_000 })).json()).toMatchObject({ success: true })
    }
  })

  it('refuses a date with milliseconds or in no known form', async () => {
    for (const date of ['2026-11-25T10:00:00.000Z', '2026-11-25T10:00:00+08:00', '2026-13-45T10:00:00Z', '']) {
      const wire = sign(running.url, { ...ask.list('trade-prod'), date: now })
      wire.headers['x-acs-date'] = date
      expect((await send(running.url, wire)).json()['Code']).toBe('InvalidTimeStamp.Format')
    }
  })

  it('refuses a nonce that was used, in the same request and in another, but not by another key', async () => {
    const wire = sign(running.url, { ...ask.list('trade-prod'), date: now, nonce: 'n-1' })
    expect((await send(running.url, wire)).json()).toMatchObject({ success: true })
    expect((await send(running.url, wire)).json()).toMatchObject({ Code: 'SignatureNonceUsed' })
    expect((await list({ nonce: 'n-1', query: { pageIndex: '2' } })).json()['Code']).toBe('SignatureNonceUsed')
    expect((await list({ nonce: 'n-1', key: otherKey })).json()).toMatchObject({ success: true })
  })

  it('remembers a nonce for as long as its request could be valid', async () => {
    const ahead = sign(running.url, { ...ask.list('trade-prod'), date: now + 14 * 60_000, nonce: 'n-2' })
    expect((await send(running.url, ahead)).json()).toMatchObject({ success: true })
    now += 28 * 60_000
    expect((await send(running.url, ahead)).json()['Code']).toBe('SignatureNonceUsed')
    now += 3 * 60_000
    expect((await send(running.url, ahead)).json()['Code']).toBe('InvalidTimeStamp.Expired')
  })

  it('burns no nonce for a forged request', async () => {
    const wire = sign(running.url, { ...ask.list('trade-prod'), date: now, nonce: 'n-3' })
    const forged = withHeader(wire, 'authorization', spoil)
    expect((await send(running.url, forged)).json()['Code']).toBe('SignatureDoesNotMatch')
    expect((await send(running.url, wire)).json()).toMatchObject({ success: true })
  })
})

describe('tokens', () => {
  let running: RunningEmulator
  const now = Date.now()
  const shortLived = { ...roleKey, accessKeyId: 'STS.Ended', expiresAt: now - 1 }
  beforeAll(async () => {
    running = await startEmulator({ world: { drafts: 3, namespaces: 1 }, keys: [shortLived] })
  })
  afterAll(() => running.close())

  it.each([
    ['an ended session', shortLived, 'InvalidSecurityToken.Expired'],
    ['a session without its token', withoutToken(), 'InvalidSecurityToken.MismatchWithAccessKey'],
    ['a foreign token', { ...roleKey, securityToken: 'other' }, 'InvalidSecurityToken.MismatchWithAccessKey'],
    ['a plain key with a token', { ...demoKey, securityToken: 'x' }, 'InvalidSecurityToken.MismatchWithAccessKey'],
  ])('%s is refused', async (_what, key, expected) => {
    expect((await call(running.url, { ...ask.list('trade-prod'), key })).json()['Code']).toBe(expected)
  })
})

function withoutToken() {
  const { accessKeyId, accessKeySecret, identity } = roleKey
  return { accessKeyId, accessKeySecret, identity }
}

describe('agreement with the official signer', () => {
  let running: RunningEmulator
  beforeAll(async () => {
    running = await startEmulator({ world: { drafts: 0, namespaces: 1 } })
  })
  afterAll(() => running.close())

  it('accepts whatever it signs: any Unicode in path, query and body', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter(value => value !== '.' && value !== '..')
    let sent = 0
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z.0-9]{0,8}$/), text),
        fc.json(),
        async (name, query, body) => {
          const pathname = `/api/v2/namespaces/${encodeURIComponent(name)}/deployment-drafts`
          const answer = await call(running.url, {
            method: 'POST',
            pathname,
            query,
            action: 'CreateDeploymentDraft',
            body,
          })
          expect(answer.json()).toMatchObject({ success: false, errorCode: '990102' })
          sent += 1
        },
      ),
      { numRuns: 300 },
    )
    expect(sent).toBe(300)
  })
})

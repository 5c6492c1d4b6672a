import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { json, pageOf, rawCloud, upstreamDraft } from '../fixtures/raw-cloud.ts'
import { createFlinkClient, credentialSource, Throttled, UpstreamError, type FlinkClientOptions } from './index.ts'

const page = JSON.stringify(pageOf([upstreamDraft('d1', { id: '71', name: 'Lin' })]))

function readPage(options: FlinkClientOptions, signal?: AbortSignal) {
  const client = createFlinkClient(options)
  onTestFinished(() => client.close())
  return client.drafts.readPage('trade-prod', { index: 1, size: 100 }, { purpose: 'sweep', ...(signal && { signal }) })
}

describe('an answer that cannot be read', () => {
  it.each([
    ['a page with status 200', 200, '<!doctype html><html><body>Sign in</body></html>', 'html'],
    ['JSON that breaks off', 200, page.slice(0, -20), 'not-json'],
    ['nothing', 200, '', 'empty'],
    ['a text', 200, 'OK', 'not-json'],
    ['a list', 200, '[]', 'wrong-shape'],
    ['no envelope', 200, '{"data":[]}', 'wrong-shape'],
    ['a success that is a word', 200, page.replace('"success":true', '"success":"true"'), 'wrong-shape'],
    ['a success with httpCode 404', 200, page.replace('"httpCode":200', '"httpCode":404'), 'contradiction'],
    ['a success with status 404', 404, page, 'contradiction'],
    ['a page with status 403', 403, '<html></html>', 'html'],
    ['no body with status 204', 204, '', 'empty'],
  ])('is told as such: %s', async (_, status, body, how) => {
    const cloud = await rawCloud(response => json(response, body, status))
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer', how, status })
    expect(cloud.arrivals).toHaveLength(1)
    expect(cloud.attempts).toMatchObject([{ outcome: 'failed', purpose: 'sweep', status }])
  })

  it('quotes nothing of a page', async () => {
    const cloud = await rawCloud(response => json(response, '<html>canary</html>'))
    const error: unknown = await readPage(cloud.options).catch((caught: unknown) => caught)
    expect(`${JSON.stringify(error)} ${String(error)} ${(error as Error).stack}`).not.toContain('canary')
  })

  it('reads JSON behind a byte order mark', async () => {
    const cloud = await rawCloud(response => json(response, `\ufeff${page}`))
    expect((await readPage(cloud.options)).drafts).toHaveLength(1)
  })

  it('does not make up characters for bytes that are no UTF-8', async () => {
    const cloud = await rawCloud(response => response.end(Buffer.from(page.replace('71', '7\u00ff'), 'latin1')))
    await expect(readPage(cloud.options)).rejects.toMatchObject({ how: 'not-utf8' })
  })

  it('reads a character that comes in two pieces', async () => {
    const bytes = Buffer.from(page.replace('Lin', '林🚀'))
    const middle = bytes.indexOf(Buffer.from('🚀')) + 2
    const cloud = await rawCloud(response => {
      response.write(bytes.subarray(0, middle))
      response.end(bytes.subarray(middle))
    })
    expect((await readPage(cloud.options)).drafts[0]?.lock?.holderName).toBe('林🚀')
  })

  it('is one that the connection ended in, with or without its length told', async () => {
    const cloud = await rawCloud((response, { socket }, turn) => {
      response.writeHead(200, turn === 1 ? { 'content-length': page.length } : {})
      response.write(page.slice(0, 50), () => socket.destroy())
    })
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer', how: 'cut-off' })
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer', how: 'cut-off' })
  })

  it('is one of a hundred MB: reading stops at the limit, told beforehand or not', async () => {
    let written = 0
    const cloud = await rawCloud((response, _, turn) => {
      if (turn === 1) response.writeHead(200, { 'content-length': 100 * 1024 * 1024 })
      const chunk = Buffer.alloc(1024 * 1024, ' ')
      const more = () => {
        while (written < 100 && !response.destroyed) {
          written += 1
          if (!response.write(chunk)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    })
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer', how: 'too-large' })
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer', how: 'too-large' })
    expect(written).toBeLessThan(100)
  })

  it('is one that was compressed: it was not asked for, and a bomb stays unopened', async () => {
    const cloud = await rawCloud(response => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync(page))
    })
    await expect(readPage(cloud.options)).rejects.toMatchObject({ how: 'encoded' })
    expect(cloud.arrivals[0]?.headers['accept-encoding']).toBeUndefined()
  })

  it('is a way elsewhere: a signed call follows none', async () => {
    const elsewhere = await rawCloud(response => json(response, page))
    const cloud = await rawCloud(response => json(response, '', 307, { location: `${elsewhere.origin}/` }))
    await expect(readPage(cloud.options)).rejects.toMatchObject({ how: 'redirect', status: 307 })
    expect(elsewhere.arrivals).toHaveLength(0)
  })
})

describe('an error of the gateway', () => {
  const error = (Code: string) => ({ Code, Message: 'words of the cloud', RequestId: 'REQ-9', HostId: 'h' })

  it.each([
    ['Throttling.User', 400, 'Throttled'],
    ['Throttling.Api', 503, 'Throttled'],
    ['Throttling.AllocationQuota', 429, 'Throttled'],
    ['FlowControl.Limited', 400, 'Throttled'],
    ['Forbidden.RAM', 403, 'Forbidden'],
    ['NoPermission', 400, 'Forbidden'],
    ['InvalidAccessKeyId.NotFound', 404, 'GatewayFailure'],
    ['SignatureDoesNotMatch', 400, 'GatewayFailure'],
    ['MissingParameter', 400, 'GatewayFailure'],
    ['ServiceUnavailable', 503, 'GatewayFailure'],
  ])('%s (%i) is %s, as JSON, with small letters, and as XML', async (code, status, name) => {
    const bodies: [string, string][] = [
      ['application/json', JSON.stringify(error(code))],
      ['application/json', JSON.stringify({ code, message: 'words of the cloud', requestId: 'REQ-9' })],
      [
        'text/xml;charset=utf-8',
        `<?xml version="1.0"?><Error><RequestId>REQ-9</RequestId><Code>${code}</Code><Message>words of the cloud</Message></Error>`,
      ],
    ]
    for (const [type, body] of bodies) {
      const cloud = await rawCloud(response => json(response, body, status, { 'content-type': type }), {
        random: () => 0,
      })
      await expect(readPage(cloud.options)).rejects.toMatchObject({ name, status, errorCode: code, requestId: 'REQ-9' })
    }
  })

  it('keeps the text to itself that a signature error quotes: it may hold a token', async () => {
    const quoting = { ...error('SignatureDoesNotMatch'), Message: 'server string to sign: x-acs-security-token:canary' }
    const cloud = await rawCloud(response => json(response, quoting, 400))
    const caught: unknown = await readPage(cloud.options).catch((thrown: unknown) => thrown)
    expect(caught).toMatchObject({ name: 'GatewayFailure', upstreamMessage: undefined })
    expect(`${JSON.stringify(caught)}${String(caught)}`).not.toContain('canary')
  })

  it('does not open what an XML document defines for itself', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE e [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Error><Code>&b;</Code></Error>`
    const cloud = await rawCloud(response => json(response, bomb, 400))
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer', how: 'html' })
  })

  it('is a wrong clock with the offset told: positive where ours is ahead', async () => {
    const cloud = await rawCloud(response => json(response, error('InvalidTimeStamp.Expired'), 400))
    for (const offMinutes of [16, -40]) {
      const now = () => Date.now() + offMinutes * 60_000
      const caught: unknown = await readPage({ ...cloud.options, now }).catch((thrown: unknown) => thrown)
      expect(caught).toMatchObject({ name: 'ClockOff', errorCode: 'InvalidTimeStamp.Expired' })
      const { offsetMs, title } = caught as { offsetMs: number; title: string }
      expect(Math.abs(offsetMs - offMinutes * 60_000)).toBeLessThan(3000)
      expect(title).toBe(
        offMinutes > 0
          ? "The clock of this machine is 16 min ahead of the cloud's: set it right."
          : "The clock of this machine is 40 min behind the cloud's: set it right.",
      )
    }
    expect(cloud.arrivals).toHaveLength(2)
  })
})

describe('no answer', () => {
  it('is told after the time limit, which covers the whole body and not each piece of it', async () => {
    const cloud = await rawCloud(
      (response, { socket }) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write(' '), 20)
        socket.on('close', () => clearInterval(drip))
      },
      { timeoutMs: 250 },
    )
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'NoAnswer', how: 'timeout' })
    expect(cloud.arrivals).toHaveLength(1)
  })

  it('is told after the time limit where nothing comes at all, once for all attempts together', async () => {
    const cloud = await rawCloud(() => undefined, { timeoutMs: 200 })
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'NoAnswer', how: 'timeout' })
    expect(cloud.arrivals).toHaveLength(1)
    expect(cloud.attempts).toMatchObject([{ outcome: 'failed' }])
    expect(cloud.attempts[0]).not.toHaveProperty('status')
  })

  it('is a refused connection', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await vi.waitUntil(() => server.listening)
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await new Promise(resolve => server.close(resolve))
    const cloud = await rawCloud(() => undefined, { random: () => 0 })
    await expect(readPage({ ...cloud.options, endpoint })).rejects.toMatchObject({
      name: 'NoAnswer',
      how: 'connection',
      code: 'ECONNREFUSED',
    })
    expect(cloud.attempts).toHaveLength(3)
  })

  it('is one that something spoke which is no HTTP', async () => {
    const server = createServer(socket => socket.end('SSH-2.0-OpenSSH_9.6\r\n')).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await vi.waitUntil(() => server.listening)
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const cloud = await rawCloud(() => undefined, { random: () => 0 })
    await expect(readPage({ ...cloud.options, endpoint })).rejects.toMatchObject({
      name: 'NoAnswer',
      how: 'connection',
    })
  })

  it('comes of a credential that is missing or hangs, and then nothing is sent', async () => {
    const cloud = await rawCloud(response => json(response, page), { timeoutMs: 100 })
    const failing = async () => Promise.reject(new Error('canary: /root/.aliyun/config.json'))
    const hanging = () => new Promise<never>(() => undefined)
    for (const credentials of [failing, hanging]) {
      const caught: unknown = await readPage({ ...cloud.options, credentials }).catch((thrown: unknown) => thrown)
      expect(caught).toMatchObject({ name: 'NoCredentials', why: expect.any(String) as string })
      expect(String(caught)).not.toContain('canary')
    }
    expect(cloud.arrivals).toHaveLength(0)
  })

  it('tells people nothing of the names under which a credential was looked for, and the log everything', async () => {
    const cloud = await rawCloud(response => json(response, page))
    const caught: unknown = await readPage({ ...cloud.options, credentials: credentialSource('env:ACME', {}) }).catch(
      (thrown: unknown) => thrown,
    )
    expect(caught).toMatchObject({ title: expect.not.stringContaining('ACME') as string })
    expect(caught).toMatchObject({ why: expect.stringContaining('ACME_ACCESS_KEY_ID') as string })
  })

  it('rejects with the reason of whoever gave up, under way or in a pause', async () => {
    const hanging = await rawCloud((_response, _arrival) => leave.abort(new Error('enough')))
    const leave = new AbortController()
    await expect(readPage(hanging.options, leave.signal)).rejects.toThrow('enough')
    const stop = new AbortController()
    const failing = await rawCloud(response => json(response, '', 500), {
      random: () => {
        queueMicrotask(() => stop.abort(new Error('stopped')))
        return 0.9
      },
    })
    await expect(readPage(failing.options, stop.signal)).rejects.toThrow('stopped')
    expect(failing.arrivals).toHaveLength(1)
  })
})

describe('a look-up', () => {
  it.each([
    ['a 503', 503, '{"Code":"ServiceUnavailable"}'],
    ['a limit', 400, '{"Code":"Throttling.User"}'],
  ])('is sent once, also after %s', async (_, status, body) => {
    const cloud = await rawCloud(response => json(response, body, status), { random: () => 0 })
    const { drafts } = createFlinkClient(cloud.options)
    await expect(drafts.readDraft('n', 'd1', { purpose: 'lookup' })).rejects.toBeInstanceOf(UpstreamError)
    expect(cloud.arrivals).toHaveLength(1)
  })
})

describe('a read is tried again', () => {
  it.each([
    ['a 502 page', 502, '<html></html>'],
    ['a 503', 503, '{"Code":"ServiceUnavailable"}'],
    ['a 500 in the envelope', 200, '{"success":false,"httpCode":500,"errorCode":"990001"}'],
    ['a limit', 400, '{"Code":"Throttling.User"}'],
    ['a nonce that something on the way used up', 400, '{"Code":"SignatureNonceUsed"}'],
  ])('after %s, dated and numbered anew, admitted anew', async (_, status, body) => {
    let time = Date.UTC(2026, 10, 24)
    const cloud = await rawCloud(
      (response, _arrival, turn) => json(response, turn < 3 ? body : page, turn < 3 ? status : 200),
      { random: () => 0, now: () => (time += 1000) },
    )
    expect((await readPage(cloud.options)).drafts).toHaveLength(1)
    const sent = (name: string) => new Set(cloud.arrivals.map(({ headers }) => headers[name])).size
    expect([sent('x-acs-signature-nonce'), sent('x-acs-date'), sent('authorization')]).toEqual([3, 3, 3])
    expect(cloud.admitted).toHaveLength(3)
    expect(cloud.attempts.map(({ outcome }) => outcome).at(-1)).toBe('answered')
  })

  it('after a connection that was reset', async () => {
    const cloud = await rawCloud(
      (response, { socket }, turn) => (turn === 1 ? socket.resetAndDestroy() : json(response, page)),
      { random: () => 0 },
    )
    expect((await readPage(cloud.options)).drafts).toHaveLength(1)
    expect(cloud.arrivals).toHaveLength(2)
  })

  it('three times at most', async () => {
    const cloud = await rawCloud(response => json(response, '', 500), { random: () => 0 })
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer', status: 500 })
    expect(cloud.arrivals).toHaveLength(3)
  })

  it('not before the time the cloud asked for, and not at all where that is too long to wait', async () => {
    const waiting = await rawCloud(
      (response, _, turn) => {
        if (turn === 2) return json(response, page)
        json(response, { Code: 'Throttling.User' }, 429, { 'x-acs-retry-after': '300' })
      },
      { random: () => 0 },
    )
    const started = performance.now()
    await readPage(waiting.options)
    expect(performance.now() - started).toBeGreaterThanOrEqual(299)
    expect(waiting.attempts[0]).toMatchObject({ outcome: 'throttled', status: 429, retryAfterMs: 300 })

    const refusing = await rawCloud(response =>
      json(response, { Code: 'Throttling.User' }, 400, { 'x-acs-retry-after': '999999999' }),
    )
    const error: unknown = await readPage(refusing.options).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Throttled)
    expect(error).toMatchObject({ retryAfterMs: 120_000 })
    expect(refusing.arrivals).toHaveLength(1)
  })

  it.each(['', '0', '-5', 'soon', 'NaN', 'Infinity', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
    'without a loop where the cloud asks to wait %j',
    async asked => {
      const cloud = await rawCloud(
        response => json(response, { Code: 'FlowControl.Limited' }, 400, { 'x-acs-retry-after': asked }),
        { random: () => 0 },
      )
      const started = performance.now()
      await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'Throttled', retryAfterMs: undefined })
      expect(cloud.arrivals).toHaveLength(3)
      expect(performance.now() - started).toBeGreaterThanOrEqual(99)
    },
  )

  it.each([
    ['a refusal', 200, '{"success":false,"httpCode":200,"errorCode":"990301"}'],
    ['a wrong key', 404, '{"Code":"InvalidAccessKeyId.NotFound"}'],
    ['a denial', 403, '{"Code":"Forbidden.RAM"}'],
    ['a wrong clock', 400, '{"Code":"InvalidTimeStamp.Expired"}'],
  ])('never after %s', async (_, status, body) => {
    const cloud = await rawCloud(response => json(response, body, status))
    await expect(readPage(cloud.options)).rejects.toMatchObject({ status })
    expect(cloud.arrivals).toHaveLength(1)
    expect(cloud.attempts).toMatchObject([{ outcome: 'answered', status }])
  })

  it('never where the budget does not admit it', async () => {
    const cloud = await rawCloud(response => json(response, page), {
      admit: async () => Promise.reject(new Error('no calls left')),
    })
    await expect(readPage(cloud.options)).rejects.toThrow('no calls left')
    expect(cloud.arrivals).toHaveLength(0)
  })
})

describe('what is sent', () => {
  it('names the host in small letters and with the port, as it is signed', async () => {
    const cloud = await rawCloud(response => json(response, page))
    const { port } = new URL(cloud.origin)
    await readPage({ ...cloud.options, endpoint: `http://LOCALHOST:${port}/` })
    expect(cloud.arrivals[0]?.headers.host).toBe(`localhost:${port}`)
  })

  it('carries the workspace, and a temporary credential with its token', async () => {
    const cloud = await rawCloud(response => json(response, page), {
      credentials: async () => ({ accessKeyId: 'STS.N1', accessKeySecret: 's', securityToken: 'CAIS+/==' }),
    })
    await readPage(cloud.options)
    expect(cloud.arrivals[0]?.headers).toMatchObject({
      workspace: 'a14bd5d90a1234',
      'x-acs-action': 'ListDeploymentDrafts',
      'x-acs-version': '2022-07-18',
      'x-acs-accesskey-id': 'STS.N1',
      'x-acs-security-token': 'CAIS+/==',
    })
    expect(cloud.arrivals[0]?.headers['content-type']).toBeUndefined()
    expect(cloud.arrivals[0]?.headers['authorization']).toContain('x-acs-security-token')
  })
})

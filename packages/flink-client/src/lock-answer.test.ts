import { describe, expect, it } from 'vitest'
import { judgeLockAnswer } from './lock-answer.ts'

const granted = {
  requestId: 'R',
  success: true,
  httpCode: 200,
  data: { id: 'stt-1', holderId: '42', holderName: 'svc' },
}
const refused = { requestId: 'R', success: false, httpCode: 200, errorCode: '990210', errorMessage: 'locked' }
const gateway = (Code: string) => ({ Code, Message: 'words', RequestId: 'R' })

function judge(body: unknown, status = 200, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return judgeLockAnswer({ came: true, status, headers, body: { bytes: Buffer.from(text) }, sentAt: 0, arrivedAt: 1 })
}

describe('success that names somebody is told with the lock', () => {
  it.each([
    ['as it is', granted],
    ['whoever it names', { ...granted, data: { holderId: '7', holderName: 'Lin' } }],
    ['with two quote characters for no error', { ...granted, errorCode: '""', errorMessage: '""' }],
    ['without an httpCode', { ...granted, httpCode: undefined }],
    ['with the httpCode as text', { ...granted, httpCode: '200' }],
  ])('%s', (_, body) => {
    expect(judge(body)).toMatchObject({ kind: 'granted', requestId: 'R', lock: { holderId: body.data.holderId } })
  })

  it('with every digit of an id that is a number beyond 2^53', () => {
    expect(judge(JSON.stringify(granted).replace('"42"', '9007199254740993'))).toMatchObject({
      lock: { holderId: '9007199254740993' },
    })
  })
})

describe('a refusal did not act', () => {
  it.each([
    ['success: false', 200, refused],
    ['success: false that names the holder', 200, { ...refused, data: granted.data }],
    ['success: false around 404', 404, { ...refused, httpCode: 404 }],
    ['a 400 of the gateway', 400, gateway('MissingParameter')],
    ['a wrong clock', 400, gateway('InvalidTimeStamp.Expired')],
    ['a wrong signature with 403, which is no permission', 403, gateway('SignatureDoesNotMatch')],
    ['a page with status 404', 404, '<html></html>'],
    ['a page with status 403: no envelope, so no permission', 403, '<html></html>'],
    ['nothing, with status 400', 400, ''],
  ])('%s', (_, status, body) => {
    expect(judge(body, status)).toMatchObject({ kind: 'rejected', throttled: false })
  })

  it.each([
    ['a throttling code with 400', 400, gateway('Throttling.User')],
    ['a throttling code with 429', 429, gateway('Throttling.AllocationQuota')],
    ['a throttling code with 503', 503, gateway('Throttling.Api')],
    ['a throttling code with 200', 200, gateway('Throttling')],
    ['a throttling code in the envelope', 200, { ...refused, errorCode: 'Throttling.User' }],
    ['a throttling code in the envelope around 500', 500, { ...refused, httpCode: 500, errorCode: 'Throttling.User' }],
    ['flow control', 400, gateway('FlowControl.Limited')],
    ['status 429 alone', 429, '<html></html>'],
    ['httpCode 429', 200, { ...refused, httpCode: 429 }],
  ])('and is a limit: %s', (_, status, body) => {
    expect(judge(body, status)).toMatchObject({ kind: 'rejected', throttled: true })
    expect(judge(body, status, { 'x-acs-retry-after': '1500' })).toMatchObject({ throttled: true, retryAfterMs: 1500 })
    expect(judge(body, status, { 'x-acs-retry-after': '0' })).not.toHaveProperty('retryAfterMs')
  })

  it('and is a limit where a refusal says when to come back', () => {
    expect(judge(refused, 200, { 'x-acs-retry-after': '900' })).toMatchObject({ throttled: true, retryAfterMs: 900 })
    expect(judge(gateway('Busy'), 400, { 'x-acs-retry-after': '900' })).toMatchObject({ throttled: true })
    expect(judge(gateway('Busy'), 400, { 'x-acs-retry-after': 'soon' })).toMatchObject({ throttled: false })
  })

  it('tells the code, the words and the request', () => {
    expect(judge(refused)).toMatchObject({ errorCode: '990210', message: 'locked', requestId: 'R' })
  })
})

describe('a permission is told with its layer', () => {
  it.each([
    ['ram', 'Forbidden.RAM', 403, gateway('Forbidden.RAM')],
    ['ram', 'NoPermission', 403, gateway('NoPermission')],
    ['ram', 'Forbidden', 403, gateway('Forbidden')],
    ['ram', 'Forbidden.RAM with another status', 400, gateway('Forbidden.RAM')],
    ['namespace-role', '403 around an envelope', 403, refused],
    ['namespace-role', '403 in an envelope', 200, { ...refused, httpCode: 403 }],
    ['namespace-role', '403 in an envelope, as text', 200, { ...refused, httpCode: '403' }],
  ] as const)('%s: %s', (layer, _, status, body) => {
    expect(judge(body, status)).toMatchObject({ kind: 'forbidden', layer })
  })

  it('in XML too', () => {
    const xml =
      '<?xml version="1.0"?><Error><Code>Forbidden.RAM</Code><Message>no</Message><RequestId>R</RequestId></Error>'
    expect(judge(xml, 403)).toMatchObject({ kind: 'forbidden', layer: 'ram', requestId: 'R', message: 'no' })
  })
})

describe('an answer that leaves open what happened is lost', () => {
  it.each([
    ['server-error', 'a page with 502', 502, '<html></html>'],
    ['server-error', 'a gateway error with 500', 500, gateway('InternalError')],
    ['server-error', 'a gateway error with 503', 503, gateway('ServiceUnavailable')],
    ['server-error', '5xx that says when to come back, without a throttling code', 503, gateway('Busy')],
    ['server-error', 'a refusal with 500', 500, refused],
    ['server-error', 'a refusal with httpCode 500', 200, { ...refused, httpCode: 500 }],
    ['server-error', 'a refusal with httpCode 504 as text', 200, { ...refused, httpCode: '504' }],
    ['server-error', 'success with status 500', 500, granted],
    ['server-error', 'success with httpCode 500', 200, { ...granted, httpCode: 500 }],
    ['server-error', 'a refusal that names 403 under a 502', 502, { ...refused, httpCode: 403 }],
    ['nonce-used', 'a nonce that was used', 400, gateway('SignatureNonceUsed')],
    ['nonce-used', 'a nonce that was used, whatever the status', 500, gateway('SignatureNonceUsed')],
    ['unreadable', 'a page with 200', 200, '<html></html>'],
    ['unreadable', 'JSON that breaks off', 200, '{"success":true,"da'],
    ['unreadable', 'nothing', 200, ''],
    ['unreadable', 'nothing with 204', 204, ''],
    ['unreadable', 'a way elsewhere', 302, ''],
    ['unreadable', 'no envelope', 200, '{"data":{"holderId":"42"}}'],
    ['unreadable', 'a success that is a word', 200, { ...granted, success: 'true' }],
    ['unreadable', 'a refusal that is a word', 200, { ...refused, success: 'false' }],
    ['unreadable', 'success with status 404', 404, granted],
    ['unreadable', 'success with httpCode 403', 200, { ...granted, httpCode: 403 }],
    ['unreadable', 'a holder that is a list', 200, { ...granted, data: { holderId: ['42'] } }],
    ['unreadable', 'a holder that is a number no id can be', 200, JSON.stringify(granted).replace('"42"', '9.1e40')],
    ['unreadable', 'data that is a word', 200, { ...granted, data: 'none' }],
    ['unreadable', 'a name without an id', 200, { ...granted, data: { holderName: 'Lin' } }],
    ['unreadable', 'a code of the gateway under a success status', 200, gateway('InvalidParameter')],
    ['names-nobody', 'no data', 200, { ...granted, data: undefined }],
    ['names-nobody', 'data null', 200, { ...granted, data: null }],
    ['names-nobody', 'data empty', 200, { ...granted, data: {} }],
    ['names-nobody', 'an empty holder', 200, { ...granted, data: { id: 'stt-1', holderId: '', holderName: '' } }],
    ['names-nobody', 'a holder of two quote characters', 200, { ...granted, data: { holderId: '""' } }],
  ] as const)('%s: %s', (cause, _, status, body) => {
    expect(judge(body, status, status === 503 ? { 'x-acs-retry-after': '100' } : {})).toMatchObject({
      kind: 'lost',
      cause,
    })
  })

  it('as none at all is', () => {
    expect(judgeLockAnswer({ came: false, how: 'timeout' })).toEqual({ kind: 'lost', cause: 'timeout' })
    expect(judgeLockAnswer({ came: false, how: 'given-up' })).toEqual({ kind: 'lost', cause: 'timeout' })
    expect(judgeLockAnswer({ came: false, how: 'connection' })).toEqual({ kind: 'lost', cause: 'connection' })
  })

  it('as one is whose body was cut off, too large or compressed', () => {
    for (const unreadable of ['cut-off', 'too-large', 'encoded', 'not-utf8'] as const) {
      const answer = { came: true, headers: {}, body: { unreadable }, sentAt: 0, arrivedAt: 1 } as const
      expect(judgeLockAnswer({ ...answer, status: 200 })).toEqual({ kind: 'lost', cause: 'unreadable' })
      expect(judgeLockAnswer({ ...answer, status: 500 })).toEqual({ kind: 'lost', cause: 'server-error' })
    }
  })
})

import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ask, call, sign, type Unsigned } from '../test/signed-request.ts'
import { demoWorkspace } from './build-world.ts'
import { demoKey, otherKey } from './identities.ts'
import { startEmulator, type RunningEmulator } from './start-emulator.ts'

describe('what goes wrong on purpose', () => {
  let running: RunningEmulator
  const namespace = 'scratch'
  let ids: string[]
  beforeEach(async () => {
    running = await startEmulator({ world: { drafts: 0, namespaces: 1 } })
    ids = Array.from({ length: 25 }, (_, index) => create(`draft ${index}`))
  })
  afterEach(() => running.close())

  const create = (name: string) => running.emulator.createDraft({ workspace: demoWorkspace, namespace, name }).draftId
  const draftId = () => ids[0] ?? ''
  const add = (fault: Parameters<typeof running.emulator.addFault>[0]) => running.emulator.addFault(fault)
  const take = (signal?: AbortSignal) => call(running.url, ask.take(namespace, draftId()), signal)
  const list = (query: Record<string, string> = {}) => call(running.url, ask.list(namespace, query))
  const read = () => call(running.url, ask.read(namespace, draftId()))
  const holder = () => running.emulator.truth()[0]?.holder?.name ?? null
  const taken = () => running.emulator.calls()[demoKey.accessKeyId]?.GetDeploymentDraftLock ?? 0

  it('throttle: by code, with and without a time to wait', async () => {
    add({ kind: 'throttle', times: 1 })
    const plain = await list()
    expect(plain.status).toBe(400)
    expect(plain.json()['Code']).toBe('Throttling.User')
    expect(plain.headers).not.toHaveProperty('x-acs-retry-after')
    add({ kind: 'throttle', times: 1, ms: 1500, status: 429, code: 'Throttling.AllocationQuota' })
    const timed = await list()
    expect(timed.status).toBe(429)
    expect(timed.json()['Code']).toBe('Throttling.AllocationQuota')
    expect(timed.headers['x-acs-retry-after']).toBe('1500')
    expect((await list()).json()).toMatchObject({ success: true })
  })

  it('error: a gateway error, that may have acted', async () => {
    add({ kind: 'error', times: 1 })
    const bare = await take()
    expect([bare.status, bare.json()['Code'], holder()]).toEqual([500, 'InternalError', null])
    add({ kind: 'error', times: 1, status: 503, acts: true })
    const acted = await take()
    expect([acted.status, acted.json()['Code'], holder()]).toEqual([503, 'ServiceUnavailable', 'svc-lockdesk'])
  })

  it('html: a page of a proxy, that may have acted', async () => {
    add({ kind: 'html', operation: 'GetDeploymentDraftLock', times: 1, acts: true })
    const answer = await take()
    expect(answer.status).toBe(502)
    expect(answer.headers['content-type']).toBe('text/html')
    expect(answer.text).toMatch(/^<!doctype html>/)
    expect(holder()).toBe('svc-lockdesk')
  })

  it('truncated: half of the right answer', async () => {
    add({ kind: 'truncated', times: 1 })
    const answer = await list()
    expect(answer.status).toBe(200)
    expect(answer.text).toMatch(/^\{"requestId":/)
    expect(() => answer.json()).toThrow(SyntaxError)
  })

  it.each([true, false])('hang: never answers, having acted: %s', async acts => {
    add({ kind: 'hang', times: 1, acts })
    const client = new AbortController()
    const hanging = take(client.signal).catch((error: Error) => error.name)
    await vi.waitFor(() => expect(taken()).toBe(1))
    await vi.waitFor(() => expect(holder()).toBe(acts ? 'svc-lockdesk' : null))
    expect((await read()).json()).toMatchObject({ success: true })
    client.abort()
    expect(await hanging).toBe('AbortError')
  })

  it('hang: ends without an answer, and without acting, when the faults are deleted', async () => {
    add({ kind: 'hang', operation: 'GetDeploymentDraftLock' })
    const hanging = take().catch((error: NodeJS.ErrnoException) => error.code)
    await vi.waitFor(() => expect(taken()).toBe(1))
    running.emulator.clearFaults()
    expect(await hanging).toBe('ECONNRESET')
    expect(holder()).toBeNull()
  })

  it('lost-answer: acts, then the connection is cut', async () => {
    add({ kind: 'lost-answer', times: 1 })
    await expect(take()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(holder()).toBe('svc-lockdesk')
    add({ kind: 'lost-answer', times: 1, acts: false })
    await expect(call(running.url, ask.take(namespace, ids[1] ?? ''))).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(running.emulator.truth()[1]?.holder).toBeNull()
  })

  it('latency: acts at once and answers late, or is late before it acts', async () => {
    add({ kind: 'latency', operation: 'GetDeploymentDraft', times: 1, ms: 60_000 })
    const late = read()
    await vi.waitFor(() => expect(running.emulator.listFaults()).toHaveLength(0))
    await take()
    running.emulator.clearFaults()
    expect((await late).json()).toMatchObject({ data: { lock: null } })

    add({ kind: 'latency', operation: 'GetDeploymentDraft', times: 1, ms: 60_000, late: 'request' })
    const held = read()
    await vi.waitFor(() => expect(running.emulator.listFaults()).toHaveLength(0))
    running.emulator.lockInConsole({
      workspace: demoWorkspace,
      namespace,
      draftId: draftId(),
      holder: { id: '71', name: 'Lin' },
    })
    running.emulator.clearFaults()
    expect((await held).json()).toMatchObject({ data: { lock: { holderId: '71' } } })
  })

  it('latency: a request whose client left before it arrived never acts', async () => {
    add({ kind: 'latency', times: 1, ms: 60_000, late: 'request' })
    const client = new AbortController()
    const left = fetchInProcess(running, ask.take(namespace, draftId()), client.signal)
    await vi.waitFor(() => expect(running.emulator.listFaults()).toHaveLength(0))
    client.abort()
    await expect(left).rejects.toThrow('cut')
    expect(holder()).toBeNull()
  })

  it('strikes in process, without a server, just as well', async () => {
    const question = ask.take(namespace, draftId())
    add({ kind: 'lost-answer', times: 1 })
    await expect(fetchInProcess(running, question)).rejects.toThrow('cut')
    expect(holder()).toBe('svc-lockdesk')
    add({ kind: 'answer', times: 1, status: 204 })
    expect((await fetchInProcess(running, question)).status).toBe(204)
    expect(await (await fetchInProcess(running, question)).json()).toMatchObject({ success: true })
  })

  it('latency: really waits, and goes together with another fault', async () => {
    add({ kind: 'latency', times: 1, ms: 30 })
    add({ kind: 'html', times: 1 })
    const before = performance.now()
    expect((await list()).status).toBe(502)
    expect(performance.now() - before).toBeGreaterThanOrEqual(29)
  })

  it('torn-page: each page repeats the end of the one before, misses one of its own, and the total drifts', async () => {
    add({ kind: 'torn-page' })
    const pages = await Promise.all([1, 2, 3, 4].map(index => list({ pageIndex: String(index), pageSize: '10' })))
    const bodies = pages.map(page => page.json() as { totalSize: number; data: { deploymentDraftId: string }[] })
    const shown = bodies.map(body => body.data.map(draft => draft.deploymentDraftId))
    expect(bodies.map(body => body.totalSize)).toEqual([25, 26, 27, 28])
    expect(shown[0]).toEqual([ids[0], ...ids.slice(0, 9)])
    expect(shown[1]).toEqual([ids[9], ...ids.slice(11, 20)])
    expect(shown[2]).toEqual([ids[19], ...ids.slice(21, 25)])
    expect(shown[3]).toEqual([])
    expect((await read()).json()).toMatchObject({ success: true })
  })

  it('torn-page: as much of each as one likes', async () => {
    add({ kind: 'torn-page', repeat: 0, skip: 3, drift: -2, pageIndex: 2 })
    const body = (await list({ pageIndex: '2', pageSize: '10' })).json() as { totalSize: number; data: unknown[] }
    expect([body.totalSize, body.data.length]).toEqual([23, 7])
    expect((await list({ pageIndex: '3', pageSize: '10' })).json()).toMatchObject({ totalSize: 25 })
  })

  it('deny: by each of the three layers, without acting', async () => {
    add({ kind: 'deny', layer: 'ram', times: 1 })
    const ram = await take()
    expect(ram.status).toBe(403)
    expect(ram.json()).toMatchObject({ Code: 'Forbidden.RAM', AccessDeniedDetail: { AuthPrincipalType: 'SubUser' } })
    add({ kind: 'deny', layer: 'namespace-role', times: 1 })
    const role = await take()
    expect([role.status, role.json()]).toMatchObject([200, { success: false, httpCode: 403, errorCode: '990401' }])
    add({ kind: 'deny', layer: 'namespace-role', status: 403, times: 1 })
    expect((await take()).status).toBe(403)
    add({ kind: 'deny', layer: 'gateway', ms: 900, times: 1 })
    const gateway = await take()
    expect(gateway.json()['Code']).toBe('Throttling.User')
    expect(gateway.headers['x-acs-retry-after']).toBe('900')
    expect(holder()).toBeNull()
  })

  it('answer: these bytes and headers, whether or not it acted', async () => {
    const body = '\uFEFF{"success":true,"data":{"holderId":9007199254740993}} '
    add({
      kind: 'answer',
      times: 1,
      body,
      status: 418,
      headers: { 'content-type': 'text/plain', 'x-acs-retry-after': 'soon' },
    })
    const answer = await take()
    expect(answer.status).toBe(418)
    expect(answer.bytes.equals(Buffer.from(body))).toBe(true)
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain', 'x-acs-retry-after': 'soon' })
    expect(holder()).toBeNull()

    const zipped = gzipSync('{}')
    const headers = { 'content-encoding': 'gzip' }
    add({ kind: 'answer', times: 1, bodyBase64: zipped.toString('base64'), headers, acts: true })
    const binary = await take()
    expect(binary.bytes.equals(zipped)).toBe(true)
    expect(binary.headers).toMatchObject({
      'content-type': 'application/json;charset=utf-8',
      'content-encoding': 'gzip',
    })
    expect(holder()).toBe('svc-lockdesk')
  })

  it('answer: an empty one is empty', async () => {
    add({ kind: 'answer', times: 1, status: 204 })
    expect(await list()).toMatchObject({ status: 204, text: '' })
  })

  it('afterwards: acts and answers, and then somebody else or nobody has the lock', async () => {
    add({ kind: 'afterwards', operation: 'GetDeploymentDraftLock', times: 1, holder: { id: '71', name: 'Lin' } })
    expect((await take()).json()).toMatchObject({ success: true, data: { holderName: 'svc-lockdesk' } })
    expect(holder()).toBe('Lin')
    add({ kind: 'afterwards', times: 1 })
    expect((await take()).json()).toMatchObject({ success: true, data: { holderName: 'svc-lockdesk' } })
    expect(holder()).toBeNull()
    add({ kind: 'afterwards', times: 1, holder: null })
    expect((await list()).json()).toMatchObject({ success: true, totalSize: 25 })
  })

  it('strikes only what it names, as often as it says, the oldest first', async () => {
    add({ kind: 'answer', operation: 'GetDeploymentDraft', times: 2, body: 'first' })
    add({ kind: 'answer', operation: 'GetDeploymentDraft', times: 1, body: 'second' })
    expect((await list()).json()).toMatchObject({ success: true })
    const texts = [await read(), await read(), await read()].map(answer => answer.text)
    expect(texts).toEqual(['first', 'first', 'second'])
    expect((await read()).json()).toMatchObject({ success: true })
  })

  it('can be kept to a namespace, a draft, a page or a key', async () => {
    add({ kind: 'answer', body: 'n', namespace: 'elsewhere' })
    add({ kind: 'answer', body: 'd', draftId: ids[1] ?? '' })
    add({ kind: 'answer', body: 'p', operation: 'ListDeploymentDrafts', pageIndex: 2 })
    add({ kind: 'answer', body: 'k', accessKeyId: otherKey.accessKeyId })
    expect((await list()).json()).toMatchObject({ success: true })
    expect((await take()).json()).toMatchObject({ success: true })
    expect((await list({ pageIndex: '2' })).text).toBe('p')
    expect((await call(running.url, ask.take(namespace, ids[1] ?? ''))).text).toBe('d')
    expect((await call(running.url, ask.take(namespace, draftId(), otherKey))).text).toBe('k')
    expect((await call(running.url, ask.list('elsewhere'))).text).toBe('n')
  })

  it('strikes every operation until it is deleted where it names neither', async () => {
    add({ kind: 'error' })
    const identity = () => call(running.url, ask.identity(demoKey))
    for (const answer of [await list(), await read(), await take(), await identity()]) expect(answer.status).toBe(500)
    running.emulator.clearFaults()
    expect((await identity()).status).toBe(200)
  })

  it('does not let a struck call be repeated with its nonce', async () => {
    add({ kind: 'lost-answer', times: 1 })
    const question = { ...ask.take(namespace, draftId()), nonce: 'once' }
    await expect(call(running.url, question)).rejects.toThrow()
    expect((await call(running.url, question)).json()).toMatchObject({ Code: 'SignatureNonceUsed' })
  })
})

async function fetchInProcess(running: RunningEmulator, unsigned: Unsigned, signal?: AbortSignal): Promise<Response> {
  const { method, target, headers } = sign(running.url, unsigned)
  return running.emulator.app.fetch(
    new Request(`${running.url}${target}`, { method, headers, ...(signal && { signal }) }),
  )
}

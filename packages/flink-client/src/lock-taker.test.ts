import type { ServerResponse } from 'node:http'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, it, vi } from 'vitest'
import { envelope, json, rawCloud } from '../fixtures/raw-cloud.ts'
import { createFlinkClient, createLockTaker, credentialSource } from './index.ts'

const granted = envelope({ id: 'stt-1', holderId: '42', holderName: 'svc' })

it('sends one POST with no body, no content type, the draft in the query, and asks for the connection to be closed', async () => {
  const cloud = await rawCloud(response => json(response, granted))
  expect(await createLockTaker(cloud.options).takeLock('a*b 支付', 'id/1 ?', {})).toEqual({
    kind: 'granted',
    lock: { id: 'stt-1', holderId: '42', holderName: 'svc' },
    requestId: 'REQ-1',
  })
  expect(cloud.arrivals).toHaveLength(1)
  expect(cloud.arrivals[0]).toMatchObject({
    method: 'POST',
    url: '/api/v2/namespaces/a%2Ab%20%E6%94%AF%E4%BB%98/deployment-drafts/getLock?deploymentDraftId=id%2F1%20%3F',
    body: '',
    headers: {
      workspace: 'a14bd5d90a1234',
      'content-length': '0',
      connection: 'close',
      'x-acs-action': 'GetDeploymentDraftLock',
      'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    },
  })
  expect(cloud.arrivals[0]?.headers['content-type']).toBeUndefined()
  expect(cloud.arrivals[0]?.headers['transfer-encoding']).toBeUndefined()
  expect(cloud.admitted).toEqual(['GetDeploymentDraftLock'])
  expect(cloud.attempts).toMatchObject([
    { operation: 'GetDeploymentDraftLock', purpose: 'person', outcome: 'answered', status: 200 },
  ])
})

it('gives every take a connection of its own, which no read shares and which is gone afterwards', async () => {
  const cloud = await rawCloud((response, { method }) =>
    json(response, method === 'POST' ? granted : envelope([], { totalSize: 0 })),
  )
  const client = createFlinkClient(cloud.options)
  const taker = createLockTaker(cloud.options)
  await client.drafts.readPage('n', { index: 1, size: 10 }, { purpose: 'sweep' })
  await taker.takeLock('n', 'd1', {})
  await taker.takeLock('n', 'd1', {})
  await client.drafts.readPage('n', { index: 1, size: 10 }, { purpose: 'sweep' })
  const [read, first, second, again] = cloud.arrivals.map(({ socket }) => socket)
  expect(new Set([read, first, second]).size).toBe(3)
  expect(again).toBe(read)
  await vi.waitUntil(() => first?.destroyed && second?.destroyed)
  await client.close()
})

it.each([
  ['hangs', 'timeout', () => undefined],
  ['drips', 'timeout', ({ response }) => void response.write(' ')],
  ['resets', 'connection', ({ socket }) => socket.resetAndDestroy()],
  ['closes without a word', 'connection', ({ socket }) => socket.end()],
  ['breaks off', 'unreadable', ({ response, socket }) => response.write('{"success":', () => socket.destroy())],
  ['answers 500', 'server-error', ({ response }) => json(response, '', 500)],
  [
    'answers 503 and asks to come back',
    'server-error',
    ({ response }) => json(response, '', 503, { 'x-acs-retry-after': '1' }),
  ],
  ['sends elsewhere', 'unreadable', ({ response }) => json(response, '', 307, { location: '/' })],
] as [string, string, (at: { response: ServerResponse; socket: Socket }) => void][])(
  'sends once to a cloud that %s, and says that the answer is lost (%s)',
  async (_, cause, answer) => {
    const cloud = await rawCloud((response, { socket }) => answer({ response, socket }), { timeoutMs: 1000 })
    expect(await createLockTaker(cloud.options).takeLock('n', 'd1', {})).toMatchObject({ kind: 'lost', cause })
    expect(cloud.arrivals).toHaveLength(1)
    expect(cloud.attempts).toHaveLength(1)
  },
)

it('sends once to a cloud that limits it', async () => {
  const cloud = await rawCloud(response =>
    json(response, { Code: 'Throttling.User' }, 400, { 'x-acs-retry-after': '700' }),
  )
  expect(await createLockTaker(cloud.options).takeLock('n', 'd1', {})).toMatchObject({
    kind: 'rejected',
    throttled: true,
    retryAfterMs: 700,
  })
  expect(cloud.arrivals).toHaveLength(1)
  expect(cloud.attempts).toMatchObject([{ outcome: 'throttled', retryAfterMs: 700 }])
})

it('says that the answer is lost where nobody listens', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await vi.waitUntil(() => server.listening)
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise(resolve => server.close(resolve))
  const cloud = await rawCloud(() => undefined)
  expect(await createLockTaker({ ...cloud.options, endpoint }).takeLock('n', 'd1', {})).toEqual({
    kind: 'lost',
    cause: 'connection',
  })
})

it('says lost where it was given up under way, and refused where it was given up before', async () => {
  const cloud = await rawCloud(() => leave.abort())
  const leave = new AbortController()
  const taker = createLockTaker(cloud.options)
  expect(await taker.takeLock('n', 'd1', { signal: leave.signal })).toMatchObject({ kind: 'lost', cause: 'timeout' })
  expect(await taker.takeLock('n', 'd1', { signal: leave.signal })).toMatchObject({ kind: 'rejected' })
  expect(cloud.arrivals).toHaveLength(1)
})

it('sends nothing, and says so, without a credential, without admission, or for an id that none can be', async () => {
  const cloud = await rawCloud(response => json(response, granted))
  const broken = async () => Promise.reject(new Error('canary'))
  const answers = [
    await createLockTaker({ ...cloud.options, credentials: broken }).takeLock('n', 'd1', {}),
    await createLockTaker({ ...cloud.options, admit: broken }).takeLock('n', 'd1', {}),
    await createLockTaker(cloud.options).takeLock('n', '', {}),
    await createLockTaker(cloud.options).takeLock('n', 'half \ud83d', {}),
    await createLockTaker(cloud.options).takeLock('..', 'd1', {}),
    await createLockTaker({ ...cloud.options, workspace: 'a\r\nb' }).takeLock('n', 'd1', {}),
  ]
  for (const answer of answers) expect(answer).toMatchObject({ kind: 'rejected', throttled: false })
  expect(JSON.stringify(answers)).not.toContain('canary')
  expect(cloud.arrivals).toHaveLength(0)
})

/** What a slow source gives, and when. */
const late = <T>(ms: number, give: () => Promise<T>) =>
  new Promise<T>(resolve => void setTimeout(() => resolve(give()), ms))

it('gives fetching the credential and the call one time limit together', async () => {
  const cloud = await rawCloud(response => void setTimeout(() => json(response, granted), 1200), { timeoutMs: 2000 })
  const credentials = () => late(1200, cloud.options.credentials)
  const answer = await createLockTaker({ ...cloud.options, credentials }).takeLock('n', 'd1', {})
  expect(answer).toMatchObject({ kind: 'lost', cause: 'timeout' })
  expect(cloud.arrivals).toHaveLength(1)
})

it('sends nothing where the admission took all of the time', async () => {
  const cloud = await rawCloud(response => json(response, granted), { timeoutMs: 200 })
  const admit = () => late(400, async () => undefined)
  const answer = await createLockTaker({ ...cloud.options, admit }).takeLock('n', 'd1', {})
  expect(answer).toMatchObject({ kind: 'rejected', throttled: false })
  expect(cloud.arrivals).toHaveLength(0)
})

it('tells nobody the names under which a credential was looked for', async () => {
  const cloud = await rawCloud(response => json(response, granted))
  const credentials = credentialSource('env:ACME', {})
  const answer = await createLockTaker({ ...cloud.options, credentials }).takeLock('n', 'd1', {})
  expect(answer).toMatchObject({ kind: 'rejected', message: expect.not.stringContaining('ACME') as string })
})

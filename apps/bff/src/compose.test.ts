import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Board, BoardDraft, LockEvent } from '@lockdesk/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { type House, type HouseOptions, openHouse, own } from '../fixtures/house.ts'
import { DatabaseInUse } from './database/database-fault.ts'

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
})

async function open(options: HouseOptions = {}): Promise<House & { url: string }> {
  const house = await openHouse(options)
  undo.push(house.close)
  const { url } = await house.listen(0, '127.0.0.1')
  return { ...house, url }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lockdesk house '))
  undo.push(() => rm(folder, { recursive: true }))
  return folder
}

async function readBoard(house: House, cookie: string): Promise<Board> {
  return (await (await house.get('/api/board', { cookie })).json()) as Board
}

/** Waits for the first complete sweep of everything. */
async function sweptBoard(house: House, cookie: string): Promise<Board> {
  await expect
    .poll(async () => (await readBoard(house, cookie)).namespaces.map(({ state }) => state), { timeout: 10_000 })
    .toEqual(['live', 'live'])
  return readBoard(house, cookie)
}

/** A live stream, read as it comes. */
async function listen(url: string, cookie: string) {
  const answer = await fetch(`${url}/api/live`, { headers: { cookie } })
  let text = ''
  let hasEnded = false
  void (async () => {
    const decoder = new TextDecoder()
    for await (const part of answer.body ?? []) text += decoder.decode(part, { stream: true })
    hasEnded = true
  })().catch(() => (hasEnded = true))
  return { headers: answer.headers, status: answer.status, text: () => text, hasEnded: () => hasEnded }
}

const takeIt = ({ ref }: BoardDraft) => `/api/drafts/${ref.workspace}/${ref.namespace}/${ref.draftId}/lock`

describe('the whole house', () => {
  it('shows the drafts of the cloud, and takes a lock for who may', async () => {
    const house = await open()
    const cookie = await house.signIn('bo')
    const { drafts } = await sweptBoard(house, cookie)
    expect(drafts).toHaveLength(6)
    const free = drafts.find(draft => draft.may.take)
    if (!free) throw new Error('no draft is free')
    const taken = await house.post(takeIt(free), { expectedHolderId: null }, { cookie })
    expect(await taken.json()).toMatchObject({ outcome: 'taken', claim: { by: { name: 'Bo Chen' } } })
    expect(house.emulator.truth().find(({ draftId }) => draftId === free.ref.draftId)?.holder?.name).toContain(
      'svc-lockdesk',
    )
    expect((await house.ledger.verify()).ok).toBe(true)
    const counts = await (await house.get('/metrics')).text()
    expect(counts).toContain('lockdesk_takes_total{outcome="taken"} 1')
    expect(counts).toMatch(/lockdesk_cloud_calls_total\{operation="GetDeploymentDraftLock",[^}]*outcome="answered"\} 1/)
    expect(counts).toContain('lockdesk_sweeps_total{complete="true"}')
  })

  it('tells an open page what a colleague does in the console', async () => {
    const house = await open({ env: { LOCKDESK_SWEEP_INTERVAL: '0.2' } })
    const cookie = await house.signIn('vi')
    const { drafts } = await sweptBoard(house, cookie)
    const draft = drafts.find(({ lock }) => lock === null)
    if (!draft) throw new Error('no draft is free')
    const stream = await listen(house.url, cookie)
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    expect(stream.headers.get('content-security-policy')).toContain("default-src 'none'")
    house.emulator.lockInConsole({ ...draft.ref, holder: { id: '71', name: 'Lin' } })
    await expect.poll(stream.text, { timeout: 10_000 }).toContain('event: lock')
    const data = /event: lock\n(?:id: .*\n)?data: (.*)|id: .*\nevent: lock\ndata: (.*)/.exec(stream.text())
    const event = JSON.parse(data?.[1] ?? data?.[2] ?? 'null') as LockEvent
    expect(event).toMatchObject({ kind: 'held', to: { id: '71', name: 'Lin' }, ref: draft.ref })
    expect(stream.text()).not.toContain('Error')
  })

  it('ends a stream with its session, and tells it nothing more', async () => {
    const house = await open({ env: { LOCKDESK_SWEEP_INTERVAL: '0.2' } })
    const [cookie, other] = [await house.signIn('bo'), await house.signIn('bo')]
    const { drafts } = await sweptBoard(house, cookie)
    const [stream, stays] = [await listen(house.url, cookie), await listen(house.url, other)]
    await expect.poll(stream.text).toContain('heartbeat')
    await house.post('/api/auth/sign-out', {}, { cookie })
    await expect.poll(stream.hasEnded).toBe(true)
    const draft = drafts.find(({ lock }) => lock === null)
    if (!draft) throw new Error('no draft is free')
    house.emulator.lockInConsole({ ...draft.ref, holder: { id: '71', name: 'Lin' } })
    await expect.poll(stays.text, { timeout: 10_000 }).toContain('"id":"71"')
    expect(stays.hasEnded()).toBe(false)
    expect(stream.text()).not.toContain('"id":"71"')
    expect((await house.get('/api/me', { cookie })).status).toBe(401)
  })

  it('closes with streams open, and says so to no one for long', async () => {
    const house = await open()
    const stream = await listen(house.url, await house.signIn('vi'))
    await expect.poll(stream.text).toContain('heartbeat')
    await house.close()
    await expect.poll(stream.hasEnded).toBe(true)
    await expect(fetch(`${house.url}/healthz`)).rejects.toThrow()
  })

  it('waits at its end for a take that is under way, and keeps what came of it', async () => {
    const env = { LOCKDESK_DATABASE_URL: `sqlite:${join(await newFolder(), 'lockdesk.sqlite')}` }
    const house = await open({ env })
    const cookie = await house.signIn('bo')
    const free = (await sweptBoard(house, cookie)).drafts.find(draft => draft.may.take)
    if (!free) throw new Error('no draft is free')
    house.emulator.addFault({ kind: 'latency', ms: 300, operation: 'GetDeploymentDraftLock' })
    const taking = fetch(`${house.url}${takeIt(free)}`, {
      method: 'POST',
      headers: { ...own, cookie },
      body: JSON.stringify({ expectedHolderId: null }),
    })
    await expect.poll(async () => (await house.database.selectFrom('intents').selectAll().execute()).length).toBe(1)
    await house.close()
    expect(await (await taking).json()).toMatchObject({ outcome: 'taken' })

    const again = await open({ env })
    const entries = await again.database.selectFrom('entries').select(['kind', 'outcome']).orderBy('number').execute()
    expect(entries).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'held', outcome: 'taken' })]))
    expect(await again.database.selectFrom('intents').selectAll().execute()).toEqual([])
  })

  it('is able to serve while the cloud is gone', async () => {
    const house = await open()
    house.emulator.addFault({ kind: 'hang' })
    expect((await fetch(`${house.url}/readyz`)).status).toBe(200)
    expect((await house.get('/api/board', { cookie: await house.signIn('vi') })).status).toBe(200)
  })
})

describe('the address of a client', () => {
  const guesses = async (url: string, count: number) => {
    const statuses: number[] = []
    for (let n = 0; n < count; n++) {
      const answer = await fetch(`${url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { ...own, 'x-forwarded-for': `198.51.100.${n}` },
        body: JSON.stringify({ email: `p${n}@example.com`, password: 'guess' }),
      })
      statuses.push(answer.status)
    }
    return statuses
  }

  it('is not what it says of itself', async () => {
    const { url } = await open({ mode: 'live' })
    expect((await guesses(url, 32)).slice(-3)).toEqual([401, 429, 429])
  })

  it('is what a trusted proxy says of it', async () => {
    const { url } = await open({ mode: 'live', env: { LOCKDESK_TRUSTED_PROXIES: '127.0.0.0/8' } })
    expect((await guesses(url, 32)).slice(-3)).toEqual([401, 401, 401])
  })
})

describe('a client that goes away', () => {
  it('in the middle of a body or of an answer leaves no trace', async () => {
    const house = await open()
    const cookie = await house.signIn('bo')
    const { port } = new URL(house.url)
    const head = (method: string, path: string) =>
      `${method} ${path} HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\n`
    const half = `${head('POST', '/api/demo/sign-in')}sec-fetch-site: same-origin\r\ncontent-type: application/json\r\n`
    const cases = [
      `${half}content-length: 100\r\n\r\n{"pers`,
      `${half}transfer-encoding: chunked\r\n\r\n5\r\n{"per`,
      `${head('GET', '/api/board')}\r\n`,
      `${head('GET', '/api/live')}\r\n`,
    ]
    for (const text of cases) {
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('error', () => {})
      await once(socket, 'connect')
      await new Promise(written => socket.write(text, written))
      socket.destroy()
      await once(socket, 'close')
    }
    await expect
      .poll(async () => (await (await house.get('/metrics')).text()).includes('lockdesk_live_streams 0'))
      .toBe(true)
    expect(house.logged.filter(line => JSON.parse(line).level >= 50)).toEqual([])
  })
})

describe('the store', () => {
  it('keeps sessions and the last known board over a restart', async () => {
    const folder = await newFolder()
    const env = { LOCKDESK_DATABASE_URL: `sqlite:${join(folder, 'lockdesk.sqlite')}` }
    const first = await openHouse({ env })
    const cookie = await first.signIn('bo')
    const before = await sweptBoard(first, cookie)
    await first.close()
    expect(await readdir(folder)).not.toContain('control.json')

    const second = await openHouse({ env, drafts: 0 })
    undo.push(second.close)
    second.emulator.addFault({ kind: 'hang' })
    const after = await readBoard(second, cookie)
    expect(after.drafts.map(({ name }) => name).toSorted()).toEqual(before.drafts.map(({ name }) => name).toSorted())
  })

  it('is signed at its end, and shows an admin what to keep elsewhere', async () => {
    const folder = await newFolder()
    const sink = join(folder, 'told.jsonl')
    const env = { LOCKDESK_DATABASE_URL: `sqlite:${join(folder, 'lockdesk.sqlite')}`, LOCKDESK_SINK: `file:${sink}` }
    const first = await openHouse({ env })
    const cookie = await first.signIn('ada')
    await sweptBoard(first, cookie)
    const { length } = await first.database.selectFrom('entries').select('number').execute()
    await expect.poll(async () => (await readFile(sink, 'utf8').catch(() => '')).split('\n').length - 1).toBe(length)
    expect(await (await first.get('/metrics')).text()).toContain('lockdesk_sink_lag_entries 0')
    await first.close()

    const second = await openHouse({ env })
    undo.push(second.close)
    expect(second.ledger.id).toBe(first.ledger.id)
    const told = await (await second.get('/api/audit/verify', { cookie })).json()
    expect(told).toMatchObject({
      ok: true,
      checkpoints: 1,
      newest: { ledgerId: first.ledger.id, signature: expect.stringMatching(/^[\w-]{86}$/) },
      publicKey: expect.stringMatching(/^[\w-]{43}$/),
    })
  })

  it('is refused to a second process in words, and the first goes on', async () => {
    const folder = await newFolder()
    const env = { LOCKDESK_DATABASE_URL: `sqlite:${join(folder, 'lockdesk.sqlite')}` }
    const first = await open({ env })
    const second = openHouse({ env })
    await expect(second).rejects.toThrow(DatabaseInUse)
    await expect(second).rejects.toThrow('LOCKDESK_DATABASE_URL')
    await sweptBoard(first, await first.signIn('bo'))
    expect((await first.ledger.verify()).ok).toBe(true)
    expect(await readdir(folder)).toContain('control.json')
  })

  it('that nobody could sign in to is a fault that names the settings', async () => {
    const env = { LOCKDESK_ADMIN_EMAIL: '', LOCKDESK_ADMIN_PASSWORD: '' }
    await expect(openHouse({ mode: 'live', env })).rejects.toThrow('LOCKDESK_ADMIN_EMAIL, LOCKDESK_ADMIN_PASSWORD')
  })
})

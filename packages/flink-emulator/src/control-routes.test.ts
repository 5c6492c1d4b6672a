import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ask, call } from '../test/signed-request.ts'
import { demoWorkspace } from './build-world.ts'
import { demoKey, otherKey } from './identities.ts'
import { startEmulator, type RunningEmulator } from './start-emulator.ts'

describe('the control plane, by HTTP', () => {
  let running: RunningEmulator
  beforeAll(async () => {
    running = await startEmulator()
  })
  afterAll(() => running.close())

  const control = async (method: string, path: string, body?: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(`${running.url}/_emulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: text }),
    })
    return { status: response.status, body: (await response.json()) as never }
  }
  type Truth = { workspace: string; namespace: string; draftId: string; name: string; holder: unknown; since: string }[]
  const drafts = async (): Promise<Truth> => (await control('GET', '/drafts')).body

  beforeEach(async () => {
    await control('POST', '/world', { drafts: 12, namespaces: 2, people: 3, seed: 4 })
  })

  it('tells the truth about every draft', async () => {
    const all = await drafts()
    expect(all).toHaveLength(12)
    for (const draft of all) {
      expect(Object.keys(draft)).toEqual(['workspace', 'namespace', 'draftId', 'name', 'holder', 'since'])
      expect(draft.workspace).toBe(demoWorkspace)
      expect(draft.since).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    }
    const held = all.filter(draft => draft.holder !== null)
    expect(held.length).toBeGreaterThan(0)
    expect(held[0]?.holder).toEqual({ id: expect.stringMatching(/^\d{18}$/), name: expect.any(String) })
  })

  it('counts calls by key and operation, struck ones too, unknown keys not', async () => {
    const before = (await control('GET', '/calls')).body as Record<string, Record<string, number>>
    expect(before).toEqual({})
    await call(running.url, ask.list('trade-prod'))
    await call(running.url, ask.list('trade-prod'))
    await call(running.url, ask.take('trade-prod', 'nothing'))
    await call(running.url, ask.identity(otherKey))
    await call(running.url, ask.identity({ ...demoKey, accessKeyId: 'LTAI5tNobody' }))
    await control('POST', '/faults', { kind: 'error', times: 1 })
    await call(running.url, ask.list('trade-prod'))
    expect((await control('GET', '/calls')).body).toEqual({
      LTAI5tLockdeskDemo: { ListDeploymentDrafts: 3, GetDeploymentDraftLock: 1 },
      LTAI5tLockdeskOther: { GetCallerIdentity: 1 },
    })
  })

  it('tells and changes who belongs to a namespace', async () => {
    const address = { workspace: demoWorkspace, namespace: 'trade-prod' }
    const query = `?${new URLSearchParams(address).toString()}`
    const first = (await control('GET', `/members${query}`)).body as { members: { id: string; role: string }[] }
    expect(first.members).toHaveLength(3 + 2)
    const listed = async () => (await call(running.url, ask.members('trade-prod'))).json()
    expect(await listed()).toMatchObject({
      success: true,
      totalSize: 5,
      pageIndex: 1,
      pageSize: 10,
      data: first.members.map(({ id, role }) => ({ member: `user: ${id}`, role })),
    })
    await control('POST', '/members', { ...address, members: [{ id: '42' }, { id: '43', role: 'viewer' }] })
    expect(await listed()).toMatchObject({
      data: [
        { member: 'user: 42', role: 'EDITOR' },
        { member: 'user: 43', role: 'viewer' },
      ],
    })
    const [draft] = await drafts()
    await control('POST', '/console/lock', { ...address, draftId: draft?.draftId, holder: { id: '44', name: 'Mei' } })
    expect(await listed()).toMatchObject({ totalSize: 3 })
    const foreign = { ...address, namespace: 'nowhere' }
    expect((await control('POST', '/members', { ...foreign, members: [] })).status).toBe(404)
    expect((await control('GET', `/members?workspace=w&namespace=n`)).status).toBe(404)
    expect((await control('POST', '/members', { ...address, members: [{ id: '' }] })).status).toBe(400)
  })

  it('lets a colleague take and free a lock in the console', async () => {
    const [draft] = await drafts()
    const { workspace, namespace, draftId } = draft ?? { workspace: '', namespace: '', draftId: '' }
    const holder = { id: '42', name: 'svc-lockdesk' }
    const took = await control('POST', '/console/lock', { workspace, namespace, draftId, holder })
    expect(took).toMatchObject({ status: 200, body: { draftId, holder } })
    expect((await drafts())[0]?.holder).toEqual(holder)
    expect((await call(running.url, ask.read(namespace, draftId))).json()).toMatchObject({
      data: { lock: { holderId: '42', holderName: 'svc-lockdesk' } },
    })
    await control('POST', '/console/lock', { workspace, namespace, draftId, holder: null })
    expect((await drafts())[0]?.holder).toBeNull()
    const lost = await control('POST', '/console/lock', { workspace, namespace, draftId: 'nothing', holder })
    expect(lost.status).toBe(404)
    const elsewhere = await control('POST', '/console/lock', { workspace, namespace: 'risk', draftId, holder })
    expect(elsewhere.status).toBe(404)
  })

  it('creates and deletes a draft, with its folder', async () => {
    const made = await control('POST', '/drafts', {
      workspace: demoWorkspace,
      namespace: 'trade-prod',
      name: '=1+1',
      folder: 'dwd/新文件夹',
    })
    expect(made).toEqual({ status: 200, body: { draftId: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
    const { draftId } = made.body as { draftId: string }
    const read = (await call(running.url, ask.read('trade-prod', draftId))).json() as { data: { parentId: string } }
    expect(read).toMatchObject({ success: true, data: { name: '=1+1' } })
    const folder = await call(running.url, ask.folder('trade-prod', { folderId: read.data.parentId }))
    expect(folder.json()).toMatchObject({ data: { name: '新文件夹', subFolder: [] } })
    expect((await control('DELETE', `/drafts/${draftId}`)).status).toBe(200)
    expect((await control('DELETE', `/drafts/${draftId}`)).status).toBe(404)
    expect((await call(running.url, ask.read('trade-prod', draftId))).json()).toMatchObject({ success: false })
  })

  it('makes a namespace on the way, but no workspace, and no second draft of a name', async () => {
    const draft = { workspace: demoWorkspace, namespace: '50%off', name: 'x' }
    expect((await control('POST', '/drafts', draft)).status).toBe(200)
    expect((await control('POST', '/drafts', draft)).status).toBe(409)
    expect((await call(running.url, ask.list('50%off'))).json()).toMatchObject({ totalSize: 1 })
    expect((await control('POST', '/drafts', { ...draft, workspace: 'other' })).status).toBe(404)
  })

  it('turns switches, and says how all of them stand', async () => {
    const turned = await control('PUT', '/switches', {
      takeover: 'refuse',
      unlockedShape: null,
      emptyErrorString: '""',
    })
    expect(turned).toMatchObject({ status: 200, body: { takeover: 'refuse', unlockedShape: 'null', readLagMs: 0 } })
    expect((await control('GET', '/switches')).body).toEqual(turned.body)
    await control('PUT', '/switches', { takeover: 'seize', unlockedShape: {}, emptyErrorString: '' })
    expect((await control('GET', '/switches')).body).toMatchObject({ takeover: 'seize', unlockedShape: '{}' })
  })

  it('adds and deletes faults', async () => {
    await control('POST', '/faults', { kind: 'deny', layer: 'gateway', times: 2 })
    await control('POST', '/faults', {
      kind: 'answer',
      operation: 'GetFolder',
      body: '',
      status: 200,
      headers: {},
      acts: true,
    })
    expect((await control('GET', '/faults')).body).toEqual({
      faults: [
        { kind: 'deny', layer: 'gateway', times: 2, left: 2 },
        { kind: 'answer', operation: 'GetFolder', body: '', status: 200, headers: {}, acts: true, left: null },
      ],
    })
    await control('DELETE', '/faults')
    expect((await control('GET', '/faults')).body).toEqual({ faults: [] })
  })

  it('stops and starts the colleagues', async () => {
    expect(await control('POST', '/people', { paused: false })).toEqual({ status: 200, body: { paused: false } })
    expect(await control('POST', '/people', { paused: true })).toEqual({ status: 200, body: { paused: true } })
    expect(running.emulator.colleagues.paused).toBe(true)
  })

  it('rebuilds the world, up to 100,000 drafts, and goes on serving it', async () => {
    const rebuilt = await control('POST', '/world', { drafts: 100_000, namespaces: 4, people: 100, seed: 9 })
    expect(rebuilt).toEqual({
      status: 200,
      body: {
        drafts: 100_000,
        namespaces: ['trade-prod', 'risk-dev', 'growth-dev', 'realtime-dw-staging'],
        people: 100,
      },
    })
    const page = await call(running.url, ask.list('trade-prod', { pageIndex: '285', pageSize: '100' }))
    expect(page.json()).toMatchObject({ success: true, totalSize: 30_770, pageIndex: 285 })
    const again = async () => (await drafts()).map(draft => draft.draftId)
    await control('POST', '/world', { drafts: 50, namespaces: 2, people: 3, seed: 5 })
    const first = await again()
    await control('POST', '/world', { drafts: 50, namespaces: 2, people: 3, seed: 5 })
    expect(await again()).toEqual(first)
    const named = await control('POST', '/world', { drafts: 6, namespaceNames: ['a b', '支付🚀'] })
    expect(named.body).toMatchObject({ namespaces: ['a b', '支付🚀'] })
  })

  it('rebuilds a world in which nobody is at work, and serves it', async () => {
    const rebuilt = await control('POST', '/world', { drafts: 9, namespaces: 2, people: 0, seed: 3 })
    expect(rebuilt).toEqual({ status: 200, body: { drafts: 9, namespaces: ['trade-prod', 'risk-dev'], people: 0 } })
    const page = (await call(running.url, ask.list('trade-prod'))).json() as { data: { creatorName: string }[] }
    expect(page).toMatchObject({ success: true, totalSize: 6 })
    for (const { creatorName } of page.data) expect(creatorName).not.toBe('')
    const draft = { workspace: demoWorkspace, namespace: 'trade-prod', name: 'mine' }
    const { draftId } = (await control('POST', '/drafts', draft)).body as { draftId: string }
    expect((await call(running.url, ask.take('trade-prod', draftId))).json()).toMatchObject({ success: true })
    running.emulator.colleagues.work()
    const held = (await drafts()).filter(({ holder }) => holder !== null)
    expect(held).toMatchObject([{ draftId }])
  })

  it('rebuilds a world without drafts, and serves it', async () => {
    const rebuilt = await control('POST', '/world', { drafts: 0, namespaces: 1, people: 2, seed: 3 })
    expect(rebuilt).toEqual({ status: 200, body: { drafts: 0, namespaces: ['trade-prod'], people: 2 } })
    running.emulator.colleagues.work()
    const page = await call(running.url, ask.list('trade-prod'))
    expect(page.json()).toMatchObject({ success: true, totalSize: 0, data: [] })
  })

  it.each<[method: string, path: string, body: unknown]>([
    ['PUT', '/switches', { takeOver: 'refuse' }],
    ['PUT', '/switches', { takeover: 'maybe' }],
    ['PUT', '/switches', []],
    ['POST', '/faults', { kind: 'earthquake' }],
    ['POST', '/faults', { kind: 'deny' }],
    ['POST', '/faults', { kind: 'deny', layer: 'moon' }],
    ['POST', '/faults', { kind: 'error', operation: 'GetLock' }],
    ['POST', '/faults', { kind: 'error', times: 0 }],
    ['POST', '/faults', { kind: 'error', tmies: 1 }],
    ['POST', '/faults', { kind: 'answer', headers: { 'bad header': 'x' } }],
    ['POST', '/faults', { kind: 'answer', headers: { good: 'x\r\ny: z' } }],
    ['POST', '/faults', { kind: 'answer', status: 99 }],
    ['POST', '/faults', { kind: 'answer', body: '', bodyBase64: '' }],
    ['POST', '/faults', { kind: 'torn-page', operation: 'GetFolder' }],
    ['POST', '/faults', 'no json'],
    ['POST', '/people', {}],
    ['POST', '/world', { drafts: 100_001 }],
    ['POST', '/world', { drafts: '5' }],
    ['POST', '/world', { drafts: -1 }],
    ['POST', '/world', { people: -1 }],
    ['POST', '/world', { namespaces: 0 }],
    ['POST', '/console/lock', { workspace: 'a', namespace: 'b', draftId: 'c' }],
    ['POST', '/drafts', { workspace: 'a', namespace: 'b' }],
  ])('answers 400 to %s %s %j', async (method, path, body) => {
    const answer = await control(method, path, body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ error: expect.any(String), issues: expect.any(Array) })
  })

  it('answers 404 to what it does not have', async () => {
    expect((await control('GET', '/nothing')).status).toBe(404)
    expect((await control('DELETE', '/calls')).status).toBe(404)
  })
})

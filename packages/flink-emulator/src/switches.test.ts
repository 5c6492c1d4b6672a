import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, call } from '../test/signed-request.ts'
import { demoWorkspace } from './build-world.ts'
import { demoKey, roleKey } from './identities.ts'
import { startEmulator, type RunningEmulator } from './start-emulator.ts'

const me = { id: '271828182845904523', name: 'svc-lockdesk' }
const lin = { id: '71', name: 'Lin Wei' }

describe('what nobody knows about the cloud, both ways', () => {
  let running: RunningEmulator
  let now: number
  let draftId: string
  const namespace = 'scratch'
  beforeEach(async () => {
    now = Date.parse('2026-11-25T10:00:00Z')
    running = await startEmulator({ world: { drafts: 0, namespaces: 1 }, now: () => now })
    draftId = running.emulator.createDraft({ workspace: demoWorkspace, namespace, name: 'one' }).draftId
  })
  afterEach(() => running.close())

  const set = (change: Parameters<typeof running.emulator.setSwitches>[0]) => running.emulator.setSwitches(change)
  const heldBy = (holder: typeof lin | null) =>
    running.emulator.lockInConsole({ workspace: demoWorkspace, namespace, draftId, holder })
  const send = async (question: Parameters<typeof call>[1]) =>
    (await call(running.url, { ...question, date: now })).json() as { data: Record<string, unknown> } & Record<
      string,
      unknown
    >
  const take = () => send(ask.take(namespace, draftId))
  const read = async () => (await send(ask.read(namespace, draftId))).data
  const listed = async () => ((await send(ask.list(namespace))).data as unknown as Record<string, unknown>[])[0] ?? {}
  const truth = () => running.emulator.truth()[0]?.holder

  it.each(['seize', 'refuse', 'report-holder'] as const)(
    'takeover %s gives a free draft to the caller',
    async takeover => {
      set({ takeover })
      expect(await take()).toMatchObject({ success: true, data: { holderId: me.id, holderName: me.name } })
      expect(truth()).toEqual(me)
    },
  )

  it('takeover seize: the lock changes hands', async () => {
    set({ takeover: 'seize' })
    heldBy(lin)
    expect(await take()).toMatchObject({ success: true, data: { holderId: me.id } })
    expect(truth()).toEqual(me)
  })

  it('takeover refuse: without and with the holder in data', async () => {
    set({ takeover: 'refuse' })
    heldBy(lin)
    const bare = await take()
    expect(bare).toMatchObject({ success: false, errorCode: '990202', httpCode: 409 })
    expect(bare).not.toHaveProperty('data')
    set({ refuseCarriesData: true })
    expect(await take()).toMatchObject({ success: false, data: { holderId: '71', holderName: 'Lin Wei' } })
    expect(truth()).toEqual(lin)
  })

  it('takeover report-holder: success, and somebody else has it', async () => {
    set({ takeover: 'report-holder' })
    heldBy(lin)
    expect(await take()).toMatchObject({ success: true, data: { holderId: '71', holderName: 'Lin Wei' } })
    expect(truth()).toEqual(lin)
  })

  it('relockNewId: the holder who takes again gets the same or a new id, and holds since the first take', async () => {
    const first = (await take()).data
    const since = running.emulator.truth()[0]?.since
    now += 5_000
    expect((await take()).data['id']).toBe(first['id'])
    set({ relockNewId: true })
    const again = (await take()).data
    expect(again['id']).not.toBe(first['id'])
    expect(again['holderId']).toBe(me.id)
    expect(running.emulator.truth()[0]?.since).toBe(since)
  })

  it('updateGuard: updating and deleting need the own lock, or do not', async () => {
    heldBy(lin)
    const change = ask.update(namespace, draftId, { labels: { x: 'y' } })
    expect(await send(change)).toMatchObject({ success: true })
    set({ updateGuard: 'enforced' })
    expect(await send(change)).toMatchObject({ success: false, errorCode: '990203' })
    expect(await send(ask.delete(namespace, draftId))).toMatchObject({ success: false, errorCode: '990203' })
    heldBy(null)
    expect(await send(change)).toMatchObject({ success: false, errorCode: '990203' })
    await take()
    expect(await send(change)).toMatchObject({ success: true })
    expect(await send(ask.delete(namespace, draftId))).toMatchObject({ success: true })
  })

  it('listIncludesLock: a list shows locks, or has no such member even where a reading has one', async () => {
    heldBy(lin)
    expect((await listed())['lock']).toMatchObject({ holderId: '71' })
    set({ listIncludesLock: false })
    expect(await listed()).not.toHaveProperty('lock')
    expect((await read())['lock']).toMatchObject({ holderId: '71' })
    heldBy(null)
    expect(await listed()).not.toHaveProperty('lock')
  })

  it.each([
    ['null', null],
    ['{}', {}],
    ['emptyStrings', { id: '', workspace: '', namespace: '', holderId: '', holderName: '' }],
  ] as const)('unlockedShape %s', async (unlockedShape, lock) => {
    set({ unlockedShape })
    expect((await listed())['lock']).toEqual(lock)
    expect((await read())['lock']).toEqual(lock)
  })

  it('unlockedShape absent', async () => {
    set({ unlockedShape: 'absent' })
    expect(await listed()).not.toHaveProperty('lock')
    expect(await read()).not.toHaveProperty('lock')
  })

  it('createLocks: a new draft is its creator’s, or free', async () => {
    const content = (name: string) => ({ name, artifact: { kind: 'SQLSCRIPT' } })
    expect((await send(ask.create(namespace, content('free')))).data['lock']).toBeNull()
    set({ createLocks: true })
    expect((await send(ask.create(namespace, content('held')))).data['lock']).toMatchObject({ holderId: me.id })
  })

  it('emptyErrorString: nothing, or two quote characters', async () => {
    expect(await take()).toMatchObject({ errorCode: '', errorMessage: '' })
    set({ emptyErrorString: '""' })
    expect(await take()).toMatchObject({ errorCode: '""', errorMessage: '""' })
  })

  it.each([
    ['principalId', '344584339364951186:lockdesk', 'lockdesk-service/lockdesk'],
    ['roleId', '344584339364951186', 'lockdesk-service'],
    ['session', 'lockdesk', 'lockdesk'],
    ['platformId', '8344584338', 'lockdesk-service/lockdesk'],
  ] as const)('roleSessionHolderFormat %s', async (roleSessionHolderFormat, holderId, holderName) => {
    set({ roleSessionHolderFormat })
    const answer = await send({ ...ask.take(namespace, draftId), key: roleKey })
    expect(answer.data).toMatchObject({ holderId, holderName })
    expect((await send({ ...ask.take(namespace, draftId), key: demoKey })).data).toMatchObject({ holderId: me.id })
  })

  it('readLagMs: lists and readings show a lock late, the answer of getLock does not', async () => {
    now += 60_000
    set({ readLagMs: 2_000 })
    expect((await take()).data['holderId']).toBe(me.id)
    expect(truth()).toEqual(me)
    expect((await read())['lock']).toBeNull()
    expect((await listed())['lock']).toBeNull()
    now += 1_000
    heldBy(lin)
    now += 1_000
    expect((await read())['lock']).toMatchObject({ holderId: me.id })
    now += 1_000
    expect((await read())['lock']).toMatchObject({ holderId: '71' })
    set({ readLagMs: 0 })
    heldBy(null)
    expect((await read())['lock']).toBeNull()
  })

  it('knows no other switch, and no other position', () => {
    expect(() => set({ takeOver: 'refuse' } as never)).toThrow()
    expect(() => set({ takeover: 'perhaps' } as never)).toThrow()
    expect(() => set({ readLagMs: -1 })).toThrow()
    expect(running.emulator.switches()).toMatchObject({ takeover: 'seize', readLagMs: 0 })
  })
})

import { otherKey } from '@lockdesk/flink-emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { adminPassword, cookieOf } from '../fixtures/house.ts'
import { type Replica, type Site, openSite, siteSecret } from '../fixtures/replicas.ts'
import { type OpenStore, bothStores } from '../fixtures/stores.ts'
import { checkLedger } from './ledger/check-ledger.ts'
import { runCommand } from './operator/run-command.ts'

const [, postgres] = bothStores()
const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
})

async function openPlace(options: { drafts?: number } = {}): Promise<Site & { one: OpenStore }> {
  const one = await postgres?.open()
  if (!one) throw new Error('there is no second store')
  undo.push(one.close)
  const site = await openSite(one.url, options)
  undo.push(site.close)
  return { ...site, one }
}

/** Waits for a board on which everything has been read. */
async function sweptBoard(at: Replica, cookie: string) {
  await expect
    .poll(async () => (await at.board(cookie)).namespaces.map(({ lastSweepAt }) => lastSweepAt !== null))
    .toEqual([true, true])
  return at.board(cookie)
}

const freeOn = async (at: Replica, cookie: string) =>
  (await sweptBoard(at, cookie)).drafts.filter(({ lock, may }) => lock === null && may.take)

describe('people of two replicas', () => {
  it('that begin at once on an empty database have one first admin, whom the ledger tells of once', async () => {
    const { replica, one } = await openPlace()
    const [a, b] = await Promise.all([replica({ mode: 'live' }), replica({ mode: 'live' })])
    const c = await replica({ mode: 'live' })
    expect(await one.database.selectFrom('people').select('email').execute()).toEqual([{ email: 'lin@example.com' }])
    const told = await one.database.selectFrom('entries').select('reason').where('kind', '=', 'setting').execute()
    expect(told).toHaveLength(1)

    const cookie = cookieOf(await a.signInByEmail('lin@example.com', adminPassword))
    for (const at of [a, b, c]) expect((await at.get('/api/me', { cookie })).status).toBe(200)
    expect(await checkLedger(one.database)).toEqual([])
  }, 20_000)

  it('that begin at once as a demo have its three people once', async () => {
    const { replica, one } = await openPlace()
    await Promise.all([replica(), replica()])
    expect(await one.database.selectFrom('people').select('id').orderBy('id').execute()).toHaveLength(3)
    expect(await one.database.selectFrom('bindings').select('person_id').execute()).toHaveLength(3)
  }, 20_000)

  it('who sign out at one hear nothing more at the other', async () => {
    const { replica, emulator } = await openPlace()
    const [a, b] = [await replica(), await replica()]
    const [cookie, other] = [await a.signIn('bo'), await a.signIn('vi')]
    const [draft] = await freeOn(a, cookie)
    if (!draft) throw new Error('no draft is free')
    const [stream, stays] = [await b.listen(cookie), await b.listen(other)]
    await expect.poll(stream.text).toContain('heartbeat')
    await a.post('/api/auth/sign-out', {}, { cookie })
    await expect.poll(stream.hasEnded, { timeout: 2_000 }).toBe(true)
    emulator.lockInConsole({ ...draft.ref, holder: { id: '71', name: 'Lin' } })
    await expect.poll(stays.text).toContain('"id":"71"')
    expect(stream.text()).not.toContain('"id":"71"')
    expect((await b.get('/api/me', { cookie })).status).toBe(401)
  }, 20_000)
})

describe('an operator’s command on PostgreSQL', () => {
  const facts = (databaseUrl: string) => ({ mode: 'live' as const, databaseUrl, secret: siteSecret, now: Date.now })
  const add = (email: string) => ({ kind: 'person-add' as const, email, name: 'Mo', role: 'editor' as const })

  it('adds a person and verifies while replicas run, and while none does', async () => {
    const { replica, one } = await openPlace()
    const [a, b] = [await replica({ mode: 'live' }), await replica({ mode: 'live' })]
    const cookie = cookieOf(await a.signInByEmail('lin@example.com', adminPassword))
    await sweptBoard(a, cookie)
    const added = await runCommand(add('mo@example.com'), facts(one.url))
    expect(added.isWell).toBe(true)
    const password = /password: (\S+)/.exec(added.lines.join('\n'))?.[1] ?? ''
    for (const at of [a, b]) expect((await at.signInByEmail('mo@example.com', password)).status).toBe(200)
    expect((await runCommand(add('MO@example.com'), facts(one.url))).isWell).toBe(false)
    const running = await runCommand({ kind: 'verify' }, facts(one.url))
    expect(running).toMatchObject({ isWell: true })

    await Promise.all([a.close(), b.close()])
    expect((await runCommand(add('no@example.com'), facts(one.url))).isWell).toBe(true)
    const alone = await runCommand({ kind: 'verify' }, facts(one.url))
    expect(alone).toMatchObject({ isWell: true })
    expect(alone.lines.join('\n')).not.toContain('LOCKDESK_SECRET')
    expect(await checkLedger(one.database)).toEqual([])
  }, 30_000)
})

describe('what one replica commits', () => {
  it('reaches the streams of the other, once and in order, and its place is known there', async () => {
    const { replica, one } = await openPlace({ drafts: 30 })
    const [a, b] = [await replica(), await replica()]
    const cookie = await a.signIn('ada')
    const [first, second, third] = await freeOn(a, cookie)
    if (!first || !second || !third) throw new Error('too few drafts are free')
    const [atA, atB] = [await a.listen(cookie), await b.listen(cookie)]
    await expect.poll(() => atA.text() + atB.text()).toMatch(/heartbeat[^]*heartbeat/)

    expect((await a.take(cookie, first)).body.outcome).toBe('taken')
    const head = await one.database.selectFrom('entries').select('number').orderBy('number', 'desc').executeTakeFirst()
    await expect.poll(() => atB.numbers().at(-1)).toBe(head?.number)
    await expect.poll(() => atA.numbers().at(-1)).toBe(head?.number)
    expect(atB.numbers()).toEqual(atA.numbers())

    const place = atA.lastId()
    expect((await b.take(cookie, second)).body.outcome).toBe('taken')
    const replay = await b.listen(cookie, { 'last-event-id': place })
    await expect.poll(() => replay.text()).toContain(second.ref.draftId)
    expect(replay.text()).not.toContain('event: reset')
    expect(replay.text()).not.toContain(first.ref.draftId)
    const next = replay.lastId()

    await Promise.all([a.close(), b.close()])
    const c = await replica()
    expect((await c.take(cookie, third)).body.outcome).toBe('taken')
    const again = await c.listen(cookie, { 'last-event-id': next })
    await expect.poll(() => again.text()).toContain(third.ref.draftId)
    expect(again.text()).not.toContain('event: reset')
    expect(again.numbers()[0]).toBe((replay.numbers().at(-1) ?? 0) + 1)
  }, 30_000)
})

describe('takes through two replicas at once', () => {
  it.each([
    ['behind one key', {}],
    ['behind two keys', { key: otherKey }],
  ])(
    'of one draft by two people %s: one has it, and the ledger tells of both',
    async (_, second) => {
      const { replica, one, emulator } = await openPlace({ drafts: 300 })
      const [a, b] = [await replica(), await replica(second)]
      const [ada, bo] = [await a.signIn('ada'), await a.signIn('bo')]
      const free = (await freeOn(a, ada)).slice(0, 100)
      expect(free.length).toBeGreaterThan(60)
      const sentBefore = sentOf(emulator)
      for (let from = 0; from < free.length; from += 10)
        await Promise.all(
          free.slice(from, from + 10).map(async draft => {
            const both = await Promise.all([a.take(ada, draft), b.take(bo, draft)])
            expect(both.map(({ body }) => body.outcome).toSorted()).toEqual(['held-by-other', 'taken'])
            const [held, refused] = both[0].status === 200 ? both : both.toReversed()
            expect(held?.status).toBe(200)
            expect(refused?.body.code).toBe('holder-changed')
          }),
        )
      expect(sentOf(emulator) - sentBefore).toBe(free.length)
      const signing = Object.values(emulator.calls()).filter(calls => (calls['GetDeploymentDraftLock'] ?? 0) > 0)
      expect(signing).toHaveLength('key' in second ? 2 : 1)
      const ids = free.map(({ ref }) => ref.draftId)
      const entries = await one.database
        .selectFrom('entries')
        .select(['draft_id', 'kind', 'outcome', 'actor_id'])
        .where('draft_id', 'in', ids)
        .where('actor_id', 'is not', null)
        .execute()
      for (const id of ids) {
        const own = entries.filter(({ draft_id }) => draft_id === id)
        expect(own.map(({ kind, outcome }) => `${kind} ${outcome}`).toSorted()).toEqual([
          'attempt held-by-other',
          'held taken',
          'intent null',
        ])
        expect(new Set(own.map(({ actor_id }) => actor_id))).toEqual(new Set(['ada', 'bo']))
      }
      await Promise.all([a.close(), b.close()])
      expect(await checkLedger(one.database)).toEqual([])
    },
    60_000,
  )

  it('are limited for each actor by what both have sent', async () => {
    const { replica, emulator } = await openPlace({ drafts: 60 })
    const env = { LOCKDESK_TAKES_PER_MINUTE: '5' }
    const [a, b] = [await replica({ env }), await replica({ env })]
    const bo = await a.signIn('bo')
    const free = (await freeOn(a, bo)).slice(0, 12)
    const before = sentOf(emulator)
    const all = await Promise.all(free.map((draft, n) => (n % 2 === 0 ? a : b).take(bo, draft)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(all.filter(({ status }) => status !== 200).map(({ body }) => body.code)).toEqual(
      Array.from({ length: free.length - 5 }, () => 'too-many'),
    )
    expect(sentOf(emulator) - before).toBe(5)
  }, 30_000)
})

describe('the times that replicas write', () => {
  it('are the database’s, whatever the clocks of their machines say', async () => {
    const { replica, one } = await openPlace({ drafts: 30 })
    const hour = 3_600_000
    const a = await replica({ wallClock: () => Date.now() - hour })
    const b = await replica({ wallClock: () => Date.now() + hour })
    const bo = await a.signIn('bo')
    const free = await freeOn(b, bo)
    for (const [n, draft] of free.slice(0, 6).entries())
      expect((await (n % 2 === 0 ? a : b).take(bo, draft)).status).toBe(200)
    const entries = await one.database.selectFrom('entries').selectAll().orderBy('number').execute()
    const times = entries.map(({ recorded_at }) => recorded_at)
    expect(times).toEqual(times.toSorted((x, y) => x - y))
    for (const { at_after, at_by, recorded_at } of entries) {
      expect(at_after ?? 0).toBeLessThanOrEqual(at_by)
      expect(Math.abs(recorded_at - at_by)).toBeLessThan(30_000)
      expect(Math.abs(recorded_at - Date.now())).toBeLessThan(60_000)
    }
    expect(await checkLedger(one.database)).toEqual([])
  }, 30_000)
})

function sentOf(emulator: Site['emulator']): number {
  return Object.values(emulator.calls()).reduce((sum, calls) => sum + (calls['GetDeploymentDraftLock'] ?? 0), 0)
}

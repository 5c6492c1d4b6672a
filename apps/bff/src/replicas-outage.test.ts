import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type OwnPostgres, ownPostgres } from '../fixtures/own-postgres.ts'
import { type Replica, openSite } from '../fixtures/replicas.ts'
import { type Wire, openWire } from '../fixtures/wire.ts'
import { openDatabase } from './database/open-database.ts'
import { checkLedger } from './ledger/check-ledger.ts'

let server: OwnPostgres
const undo: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  server = await ownPostgres()
})
afterAll(() => server.end())
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
})

/** Replicas that reach the one PostgreSQL by the ways given. */
async function openPlace(...ways: string[]) {
  const site = await openSite(server.url, { drafts: 60 })
  undo.push(site.close)
  const replicas: Replica[] = []
  for (const LOCKDESK_DATABASE_URL of ways) replicas.push(await site.replica({ env: { LOCKDESK_DATABASE_URL } }))
  const sent = () =>
    Object.values(site.emulator.calls()).reduce((sum, calls) => sum + (calls['GetDeploymentDraftLock'] ?? 0), 0)
  return { ...site, replicas, sent }
}

async function freeOn(at: Replica, cookie: string) {
  const swept = async () => (await at.board(cookie)).namespaces.map(({ lastSweepAt }) => lastSweepAt !== null)
  await expect.poll(swept).toEqual([true, true])
  return (await at.board(cookie)).drafts.filter(({ lock, may }) => lock === null && may.take)
}

async function violations(): Promise<unknown[]> {
  const { database, close } = await openDatabase(server.url)
  const found = await checkLedger(database)
  await close()
  return found
}

describe('a PostgreSQL that crashes', () => {
  it('is told as a problem by whatever is asked, nothing is sent meanwhile, and it goes on by itself', async () => {
    const { replicas, sent, emulator } = await openPlace(server.url, server.url)
    const [a, b] = replicas as [Replica, Replica]
    const cookie = await a.signIn('ada')
    const free = await freeOn(a, cookie)
    const stream = await b.listen(cookie)
    await expect.poll(stream.text).toContain('heartbeat')
    const taking = await Promise.all(free.slice(0, 4).map((draft, n) => (n % 2 === 0 ? a : b).take(cookie, draft)))
    expect(taking.map(({ status }) => status)).toEqual([200, 200, 200, 200])

    const underWay = free.slice(4, 12).map((draft, n) => (n % 2 === 0 ? a : b).take(cookie, draft))
    await server.crash()
    for (const { status } of await Promise.all(underWay)) expect([200, 503, 504]).toContain(status)
    const before = sent()
    for (const at of replicas) {
      const refused = await Promise.all([at.take(cookie, free[12]!), at.take(cookie, free[13]!)])
      expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
        [503, 'ledger-unavailable'],
        [503, 'ledger-unavailable'],
      ])
      const board = await at.get('/api/board', { cookie })
      expect([board.status, board.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
      expect((await at.get('/readyz')).status).toBe(503)
      expect((await at.get('/healthz')).status).toBe(200)
    }
    expect(sent()).toBe(before)

    await server.comeBack()
    const [, , , , , , , , , , , , , , last, lastButOne] = free
    await vi.waitFor(async () => expect((await a.take(cookie, last!)).status).toBe(200), { timeout: 10_000 })
    await vi.waitFor(async () => expect((await b.take(cookie, lastButOne!)).status).toBe(200), { timeout: 10_000 })
    const heard = [...stream.numbers()]
    const again = await b.listen(cookie, { 'last-event-id': stream.lastId() })
    if (stream.hasEnded()) expect(again.status).toBe(200)
    await expect.poll(() => again.text() + stream.text()).toContain(lastButOne!.ref.draftId)
    const numbers = [...new Set([...heard, ...again.numbers()])]
    expect(numbers).toEqual(Array.from(numbers, (_, n) => (numbers[0] ?? 0) + n))

    const found = free[20]!
    emulator.lockInConsole({ ...found.ref, holder: { id: '71', name: 'Lin' } })
    await expect.poll(() => again.text(), { timeout: 15_000 }).toContain('"id":"71"')
    await Promise.all(replicas.map(({ close }) => close()))
    expect(await violations()).toEqual([])
  }, 60_000)
})

describe('a replica whose way to the PostgreSQL is half-open', () => {
  let way: Wire
  it('answers with a problem, lets the other sweep, and takes part again when it is whole', async () => {
    way = await openWire(server.url)
    undo.push(way.close)
    const { replicas, sent, emulator } = await openPlace(way.url, server.url)
    const [a, b] = replicas as [Replica, Replica]
    const cookie = await a.signIn('ada')
    const free = await freeOn(a, cookie)
    const stream = await b.listen(cookie)
    await expect.poll(stream.text).toContain('heartbeat')

    way.freeze()
    const before = sent()
    const [refused, board] = await Promise.all([a.take(cookie, free[0]!), a.get('/api/board', { cookie })])
    expect([refused.status, refused.body.code]).toEqual([503, 'ledger-unavailable'])
    expect(board.status).toBe(503)
    expect(sent()).toBe(before)
    emulator.lockInConsole({ ...free[1]!.ref, holder: { id: '71', name: 'Lin' } })
    await expect.poll(() => stream.text(), { timeout: 15_000 }).toContain('"id":"71"')
    expect((await b.take(cookie, free[2]!)).status).toBe(200)

    way.mend()
    await vi.waitFor(async () => expect((await a.take(cookie, free[3]!)).status).toBe(200), { timeout: 15_000 })
    await Promise.all(replicas.map(({ close }) => close()))
    expect(await violations()).toEqual([])
  }, 60_000)
  it('ends in time all the same', async () => {
    way = await openWire(server.url)
    const { replicas, emulator } = await openPlace(way.url)
    undo.push(way.close)
    const [a] = replicas as [Replica]
    const cookie = await a.signIn('ada')
    const [free] = await freeOn(a, cookie)
    emulator.addFault({ kind: 'latency', ms: 500, operation: 'GetDeploymentDraftLock' })
    const taking = a.take(cookie, free!).catch(() => null) // where nobody answers any more
    await expect.poll(() => JSON.stringify(emulator.calls())).toContain('GetDeploymentDraftLock')
    way.freeze()
    await a.close() // within the time that this test has
    expect((await taking)?.status ?? 504).toBe(504)
  }, 12_000)
})

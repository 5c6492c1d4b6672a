import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DraftRef } from '@lockdesk/contract'
import { startEmulator } from '@lockdesk/flink-emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { type RunningProcess, freePort, start } from '../fixtures/process.ts'
import { visitorAt } from '../fixtures/replicas.ts'
import { bothStores } from '../fixtures/stores.ts'
import type { Database } from './database/schema.ts'
import { openDatabase } from './database/open-database.ts'
import { checkLedger } from './ledger/check-ledger.ts'

const [, postgres] = bothStores()
const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
})

async function openCloud(drafts = 40) {
  const cloud = await startEmulator({
    world: { drafts, namespaceNames: ['trade-prod', 'trade-dev'], people: 3, seed: 7 },
  })
  undo.push(cloud.close)
  const sent = () =>
    Object.values(cloud.emulator.calls()).reduce((sum, calls) => sum + (calls['GetDeploymentDraftLock'] ?? 0), 0)
  return { ...cloud, sent }
}

async function ownDatabase() {
  const one = await postgres?.open()
  if (!one) throw new Error('there is no second store')
  undo.push(one.close)
  return one
}

async function startLockdesk(cloud: string, env: Record<string, string>) {
  const port = await freePort()
  const secret = 'a secret that all replicas of these tests share'
  const running: RunningProcess = await start(['--demo-cloud', cloud], {
    PORT: port,
    LOCKDESK_SECRET: secret,
    LOCKDESK_SWEEP_INTERVAL: '0.2',
    ...env,
  })
  undo.push(() => running.end('SIGKILL'))
  return { ...running, ...visitorAt(`http://127.0.0.1:${port}`) }
}

type Running = Awaited<ReturnType<typeof startLockdesk>>

async function freeOn(at: Running, cookie: string): Promise<{ ref: DraftRef }[]> {
  const free = async () => (await at.board(cookie)).drafts.filter(({ lock, may }) => lock === null && may.take)
  await expect.poll(async () => (await free()).length).toBeGreaterThan(2)
  return free()
}

const intentsOf = (database: Database) => database.selectFrom('intents').select(['draft_id', 'is_pending']).execute()
const storyOf = async (database: Database, { draftId }: DraftRef) => {
  const entries = await database
    .selectFrom('entries')
    .select(['kind', 'outcome', 'intent_id'])
    .where('draft_id', '=', draftId)
    .where('actor_id', 'is not', null)
    .orderBy('number')
    .execute()
  return entries.map(({ kind, outcome }) => `${kind} ${outcome}`)
}

describe('a replica that stands still for a while', () => {
  it('in the middle of a sweep and of a take is replaced, and spoils nothing when it goes on', async () => {
    const { emulator, url: cloud, sent } = await openCloud()
    const { url, database } = await ownDatabase()
    const env = { LOCKDESK_DATABASE_URL: url }
    const a = await startLockdesk(cloud, env)
    const cookie = await a.signIn('ada')
    const [first, second, third] = await freeOn(a, cookie)
    if (!first || !second || !third) throw new Error('too few drafts are free')
    const b = await startLockdesk(cloud, env)
    emulator.addFault({ kind: 'latency', ms: 300, operation: 'ListDeploymentDrafts' })
    emulator.addFault({ kind: 'latency', ms: 300, operation: 'GetDeploymentDraftLock' })

    const taking = a.take(cookie, first)
    await expect.poll(sent).toBe(1)
    const goOn = a.pause()
    undo.push(async () => goOn())
    // The other sweeps from now on, and finds out what became of the take.
    emulator.lockInConsole({ ...second.ref, holder: { id: '71', name: 'Lin' } })
    const holderOf = async ({ ref }: { ref: DraftRef }) =>
      (await b.board(cookie)).drafts.find(draft => draft.ref.draftId === ref.draftId)?.lock?.holder.id
    await expect.poll(() => holderOf(second), { timeout: 20_000 }).toBe('71')
    await expect.poll(() => intentsOf(database), { timeout: 20_000 }).toEqual([])
    expect(await storyOf(database, first.ref)).toEqual(['intent null', 'held taken'])
    expect((await b.take(cookie, third)).status).toBe(200)

    goOn()
    expect((await taking).body.outcome).toBe('taken')
    expect(await storyOf(database, first.ref)).toEqual(['intent null', 'held taken'])
    emulator.clearFaults()
    emulator.lockInConsole({ ...second.ref, holder: null })
    await expect.poll(() => holderOf(second), { timeout: 10_000 }).toBeUndefined()
    expect(sent()).toBe(2)
    expect([await a.end('SIGTERM'), await b.end('SIGTERM')]).toEqual([0, 0])
    expect(await checkLedger(database)).toEqual([])
  }, 60_000)
})

describe('a process that is told to end during a take', () => {
  const places = [
    [
      'SQLite',
      async () => {
        const folder = await mkdtemp(join(tmpdir(), 'lockdesk ends '))
        undo.push(() => rm(folder, { recursive: true }))
        return `sqlite:${join(folder, 'lockdesk.sqlite')}`
      },
    ],
    ['PostgreSQL', async () => (await ownDatabase()).url],
  ] as const

  it.each(places)(
    'finishes it first, on %s',
    async (_, place) => {
      const { emulator, url: cloud, sent } = await openCloud()
      const url = await place()
      const a = await startLockdesk(cloud, { LOCKDESK_DATABASE_URL: url })
      const cookie = await a.signIn('bo')
      const [draft] = await freeOn(a, cookie)
      if (!draft) throw new Error('no draft is free')
      emulator.addFault({ kind: 'latency', ms: 1_000, operation: 'GetDeploymentDraftLock' })
      const taking = a.take(cookie, draft)
      await expect.poll(sent).toBe(1)
      expect(await a.end('SIGTERM')).toBe(0)
      expect((await taking).body.outcome).toBe('taken')
      const { database, close } = await openDatabase(url)
      undo.push(close)
      expect(await intentsOf(database)).toEqual([])
      expect(await storyOf(database, draft.ref)).toEqual(['intent null', 'held taken'])
      expect(await checkLedger(database)).toEqual([])
    },
    30_000,
  )

  it.each(places)(
    'is gone within ten seconds where the cloud does not answer, and the next one settles it, on %s',
    async (_, place) => {
      const { emulator, url: cloud, sent } = await openCloud()
      const env = { LOCKDESK_DATABASE_URL: await place(), LOCKDESK_CALL_TIMEOUT: '20' }
      const a = await startLockdesk(cloud, env)
      const cookie = await a.signIn('bo')
      const [draft] = await freeOn(a, cookie)
      if (!draft) throw new Error('no draft is free')
      emulator.addFault({ kind: 'hang', operation: 'GetDeploymentDraftLock' })
      const taking = a.take(cookie, draft).catch(() => null)
      await expect.poll(sent).toBe(1)
      const late = AbortSignal.timeout(10_000)
      expect(await a.end('SIGTERM')).toBe(0)
      expect(late.aborted).toBe(false)
      expect((await taking)?.status ?? 504).toBe(504)
      emulator.clearFaults()

      emulator.lockInConsole({ ...draft.ref, holder: { id: '71', name: 'Lin' } })
      const again = await startLockdesk(cloud, env)
      const stopped = await again.take(await again.signIn('ada'), draft, { expectedHolderId: '71' })
      expect([stopped.status, stopped.body.code]).toEqual([409, 'take-pending'])
      expect(sent()).toBe(1)
      await again.end('SIGTERM')
      const { database, close } = await openDatabase(env.LOCKDESK_DATABASE_URL)
      undo.push(close)
      expect(await intentsOf(database)).toEqual([{ draft_id: draft.ref.draftId, is_pending: 1 }])
      expect(await checkLedger(database)).toEqual([])
    },
    40_000,
  )
})

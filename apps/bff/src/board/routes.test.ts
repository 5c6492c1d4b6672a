import type { Board, BoardDraft, DraftPage, NamespaceRef, Problem } from '@lockdesk/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, hard, openDesk, people, soft } from '../../fixtures/lock-desk.ts'
import type { DraftState } from '../ledger/draft-state.ts'
import { type Ledger, LedgerUnavailable } from '../ledger/ledger.ts'

const lin = { id: '71', name: 'Lin Wei' }
let desk: Desk
beforeEach(async () => {
  desk = await openDesk({ callTimeoutMs: 1_000 })
})
afterEach(async () => {
  expect(desk.emulator.calls()['LTAI5tLockdeskDemo']?.GetDeploymentDraftLock ?? 0).toBe(takes)
  takes = 0
  expect(await desk.close()).toEqual([])
})
let takes = 0
const boardOf = async (who: 'ada' | 'bo' | 'di' | 'vi' | 'cy') => (await desk.get<Board>(who, '/board')).body
const named = (board: Board, name: string): BoardDraft | undefined => board.drafts.find(draft => draft.name === name)

describe('the board', () => {
  it('shows every draft of the caller, who holds it and since when, and what this caller may do', async () => {
    desk.draft(hard, '支付对账', lin)
    desk.draft(soft, 'orders', lin)
    desk.draft(soft, 'refunds')
    await desk.sweep(hard)
    await desk.sweep(soft)
    const board = await boardOf('bo')
    expect(board.total).toBe(3)
    expect(named(board, 'orders')).toMatchObject({
      ref: soft,
      lock: {
        holder: { ...lin, kind: 'person', self: false, member: null },
        known: 'at-least',
        seenSince: { after: null },
        claim: null,
      },
      may: { take: false, takeOver: true },
    })
    const { lock } = named(board, 'orders') ?? {}
    expect(Date.parse(lock?.overdueAt ?? '') - Date.parse(lock?.seenSince.by ?? '')).toBe(8 * 3_600_000)
    expect(named(board, 'refunds')).toMatchObject({ lock: null, may: { take: true, takeOver: false } })
    expect(named(board, '支付对账')?.may).toMatchObject({ take: false, takeOver: false, whyCode: 'policy' })
    expect(named(await boardOf('ada'), '支付对账')?.may.takeOver).toBe(true)
    for (const { may } of (await boardOf('vi')).drafts) expect(may).toMatchObject({ take: false, whyCode: 'role' })
  })

  it('says through whom: the person behind the shared holder, and whose it is', async () => {
    const ref = desk.draft(soft, 'mine')
    await desk.take('bo', ref, { reason: 'late fix' })
    takes = 1
    const lockFor = async (who: 'bo' | 'di') => named(await boardOf(who), 'mine')
    expect(await lockFor('bo')).toMatchObject({
      lock: {
        holder: { name: 'svc-lockdesk', kind: 'service', self: true },
        claim: { by: people.bo.person, reason: 'late fix' },
        known: 'exact',
      },
      may: { whyCode: 'yours' },
    })
    expect(await lockFor('di')).toMatchObject({ lock: { holder: { self: false } }, may: { takeOver: true } })
  })

  it('shows only what the caller has a role in, and how fresh each namespace is', async () => {
    desk.draft(hard, 'unseen')
    desk.draft(soft, 'seen')
    await desk.sweep(hard)
    await desk.sweep(soft)
    const board = await boardOf('cy')
    expect(board.drafts.map(({ name }) => name)).toEqual(['seen'])
    expect(board.namespaces.map(({ namespace }) => namespace)).toEqual([soft.namespace])
    const all = (await boardOf('ada')).namespaces
    expect(all).toMatchObject([
      { ...hard, state: 'live', complete: true, pace: 5, policy: 'hard' },
      { ...soft, state: 'live', policy: 'soft' },
    ])
  })

  it('has a cursor from before its drafts were read, and counts as looking', async () => {
    const { cursor } = await boardOf('vi')
    expect(desk.cursors.parse('live', cursor)).toEqual({ ledgerId: desk.ledger.id, number: await desk.ledger.head() })
    expect(desk.boardReads()).toBe(1)
  })

  it('misses nothing that is committed while its drafts are read: the stream tells it once more', async () => {
    let work = async () => {}
    const busy = (ledger: Ledger): Ledger => ({
      ...ledger,
      async drafts(scope) {
        const found = await ledger.drafts(scope)
        await work()
        return found
      },
    })
    const other = await openDesk({ wrapLedger: busy })
    const ref = other.draft(soft, 'orders')
    await other.sweep(soft)
    work = async () => {
      other.emulator.lockInConsole({ ...ref, holder: lin })
      await other.sweep(soft)
    }
    const { body } = await other.get<Board>('vi', '/board')
    expect(named(body, 'orders')?.lock).toBeNull()
    expect(await other.ledger.head()).toBe(1)
    expect(other.cursors.parse('live', body.cursor)?.number).toBe(0)
    expect(await other.close()).toEqual([])
  })

  it('that cannot be read is a problem, before a byte of it is there', async () => {
    const other = await openDesk({
      wrapLedger: ledger => ({ ...ledger, drafts: () => Promise.reject(new LedgerUnavailable(null)) }),
    })
    const { status, body } = await other.get<Problem>('vi', '/board')
    expect([status, body.code]).toEqual([503, 'ledger-unavailable'])
    expect((await other.call('vi', '/board', { method: 'HEAD' })).status).toBe(503)
    expect(await other.close()).toEqual([])
  })

  it('whose head is asked for is not made', async () => {
    desk.draft(soft, 'orders')
    await desk.sweep(soft)
    const { status, headers, body } = await desk.call('vi', '/board', { method: 'HEAD' })
    expect([status, headers.get('content-type'), body]).toEqual([200, 'application/json', null])
  })

  it('is made no further for a reader who has left', async () => {
    let made = 0
    const many = (namespace: NamespaceRef): DraftState[] =>
      Array.from({ length: 100_000 }, (_, at) => ({
        ref: { ...namespace, draftId: String(at) },
        get name() {
          made += 1
          return 'x'.repeat(500)
        },
        folderId: null,
        kind: null,
        engineVersion: null,
        labels: {},
        modifiedAt: null,
        modifierName: null,
        deletedAt: null,
        lock: null,
        intents: [],
      }))
    const other = await openDesk({ wrapLedger: ledger => ({ ...ledger, drafts: async () => many(soft) }) })
    const leave = new AbortController()
    const { body } = await other.call('vi', '/board', { signal: leave.signal })
    await body?.getReader().read()
    leave.abort()
    let before = 0
    const isOver = () => {
      const isSame = made === before
      before = made
      return isSame
    }
    await expect.poll(isOver, { interval: 100 }).toBe(true)
    expect(made).toBeLessThan(100_000)
    expect(await other.close()).toEqual([])
  })

  it('tells a take whose end is not known', async () => {
    desk.emulator.addFault({ kind: 'hang', operation: 'GetDeploymentDraftLock', times: 1 })
    await desk.take('bo', desk.draft(soft, 'open'))
    takes = 1
    expect(named(await boardOf('vi'), 'open')?.pending?.since).toMatch(/Z$/)
  })
})

describe('the page of a draft', () => {
  const reads = () => desk.sent('GetDeploymentDraft')
  const page = (who: 'ada' | 'bo' | 'cy' | 'vi', draftId: string, { workspace, namespace } = soft) =>
    desk.get<DraftPage & Problem>(who, desk.pathOf({ workspace, namespace, draftId }))

  it('tells the draft, its holds and its events, newest first, and sends nothing', async () => {
    const ref = desk.draft(soft, 'orders', lin)
    await desk.sweep(soft)
    desk.emulator.lockInConsole({ ...ref, holder: null })
    await desk.sweep(soft)
    const { status, body } = await page('vi', ref.draftId)
    expect(status).toBe(200)
    expect(body.draft).toMatchObject({ name: 'orders', lock: null, may: { whyCode: 'role' } })
    expect(body.holds).toMatchObject([{ holder: lin, known: 'at-least', until: { by: expect.any(String) } }])
    expect(body.events.map(({ kind }) => kind)).toEqual(['freed', 'held'])
    expect(reads()).toBe(0)
  })

  it('shows the gaps that lie in its history', async () => {
    const ref = desk.draft(soft, 'gaps', lin)
    await desk.sweep(soft)
    const [watched] = await desk.ledger.namespaces()
    await desk.ledger.observeSweep({
      namespace: soft,
      head: await desk.ledger.head(),
      startedAt: (watched?.sweptAt ?? 0) + 60_000,
      finishedAt: (watched?.sweptAt ?? 0) + 60_010,
      readings: [],
      isComplete: true,
      paceMs: 5_000,
    })
    const { events } = (await page('vi', ref.draftId)).body
    expect(events.map(({ kind }) => kind)).toEqual(['gap', 'held'])
    expect(events[0]?.ref).toEqual(soft)
  })

  it('looks an unknown id up once a minute, and shows what it finds', async () => {
    const ref = desk.draft(soft, 'new', lin)
    const found = await page('vi', ref.draftId)
    expect([found.status, found.body.draft.lock?.holder.id, reads()]).toEqual([200, '71', 1])
    await page('vi', ref.draftId)
    expect(reads()).toBe(1)
    const answers = await Promise.all([1, 2, 3].map(() => page('vi', 'no-such-draft')))
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [404, 'not-found']))
    expect((await page('vi', 'no-such-draft')).status).toBe(404)
    expect(reads()).toBe(2)
  })

  it('asks the cloud for no more than thirty unknown ids a minute', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => page('vi', `made-up-${index}`)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
    expect(reads()).toBe(30)
  })

  it('a foreign namespace is as if it were not there', async () => {
    const ref = desk.draft(hard, 'foreign')
    await desk.sweep(hard)
    const foreign = await page('cy', ref.draftId, hard)
    const missing = await page('cy', ref.draftId, { ...soft, namespace: 'no-such' })
    expect([foreign.status, foreign.body]).toEqual([missing.status, missing.body])
    expect([foreign.status, reads()]).toEqual([404, 0])
  })

  it('an id that the cloud refuses is not there; one that could not be asked for is not known', async () => {
    for (const draftId of ['\u0000', 'a/b', 'x'.repeat(1_000), '%', '支付🚀', 'a b~*+'])
      expect([draftId, (await page('vi', draftId)).status]).toEqual([draftId, 404])
    desk.emulator.addFault({
      kind: 'error',
      status: 400,
      code: 'InvalidParameter',
      operation: 'GetDeploymentDraft',
      times: 1,
    })
    expect((await page('vi', 'odd')).status).toBe(404)
    desk.emulator.addFault({ kind: 'hang', operation: 'GetDeploymentDraft' })
    expect((await page('vi', 'while-down')).body.code).toBe('cloud-unavailable')
    desk.emulator.clearFaults()
    desk.emulator.addFault({ kind: 'deny', layer: 'ram', operation: 'GetDeploymentDraft', times: 1 })
    expect((await page('vi', 'denied')).body.code).toBe('cloud-unavailable')
  })

  it('of a draft that was deleted the history stays', async () => {
    const ref = desk.draft(soft, 'short-lived', lin)
    await desk.sweep(soft)
    desk.emulator.deleteDraft(ref.draftId)
    await desk.sweep(soft)
    await desk.sweep(soft)
    const { status, body } = await page('bo', ref.draftId)
    expect([status, body.draft.lock, body.draft.may.take]).toEqual([200, null, false])
    expect(body.draft.deletedAt).toMatch(/Z$/)
    expect(body.events[0]?.kind).toBe('deleted')
    expect(named(await boardOf('bo'), 'short-lived')).toBeUndefined()
    expect(reads()).toBe(0)
  })
})

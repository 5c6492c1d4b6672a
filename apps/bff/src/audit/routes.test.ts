import type { AuditPage, LockEvent, Problem, Verification } from '@lockdesk/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, type PersonId, hard, openDesk, soft } from '../../fixtures/lock-desk.ts'

const lin = { id: '71', name: 'Lin Wei' }
let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(async () => {
  expect(await desk.close()).toEqual([])
})
const ask = (who: PersonId, query = '') => desk.get<AuditPage & Problem>(who, `/audit/events${query}`)
const kindsOf = (events: readonly LockEvent[]) => events.map(({ kind }) => kind)

async function all(who: PersonId, query: string): Promise<LockEvent[]> {
  const events: LockEvent[] = []
  for (let next: string | null = ''; next !== null;) {
    const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`
    const { body } = await ask(who, `${query}${cursor}`)
    events.push(...body.events)
    next = body.next
  }
  return events
}

describe('the audit', () => {
  it('pages every entry once, newest first, sixty of one reading among them', async () => {
    for (let index = 0; index < 60; index += 1) desk.draft(soft, `draft ${index}`, lin)
    await desk.sweep(soft)
    const seen = await all('ada', '?limit=7')
    expect(seen.map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, index) => 60 - index))
  })

  it('stays one list while entries are added', async () => {
    const ref = desk.draft(soft, 'busy')
    await desk.sweep(soft)
    for (let index = 0; index < 10; index += 1) {
      desk.emulator.lockInConsole({ ...ref, holder: index % 2 === 0 ? lin : null })
      await desk.sweep(soft)
    }
    const first = (await ask('ada', '?limit=5')).body
    desk.emulator.lockInConsole({ ...ref, holder: lin })
    await desk.sweep(soft)
    const second = (await ask('ada', `?limit=5&cursor=${first.next}`)).body
    expect([...first.events, ...second.events].map(({ number }) => number)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect(second.next).toBeNull()
  })

  it('filters by kind, holder, actor, draft and namespace; kind:taken is taken through Lockdesk', async () => {
    const orders = desk.draft(soft, 'orders', lin)
    desk.draft(hard, 'other', { id: '72', name: 'Lin Wei' })
    await desk.sweep(soft)
    await desk.sweep(hard)
    await desk.take('bo', orders, { expectedHolderId: lin.id })
    await desk.take('di', orders)
    const kinds = async (query: string) => kindsOf((await ask('ada', query)).body.events)
    expect(await kinds('')).toEqual(['attempt', 'changed', 'intent', 'held', 'held'])
    expect(await kinds('?kind=held')).toEqual(['held', 'held'])
    expect(await kinds('?kind=held&kind=attempt')).toEqual(['attempt', 'held', 'held'])
    expect(await kinds('?kind=intent,attempt')).toEqual(['attempt', 'intent'])
    expect(await kinds('?kind=taken')).toEqual(['changed'])
    expect(await kinds('?kind=taken,intent')).toEqual(['changed', 'intent'])
    expect(await kinds('?holder=72')).toEqual(['held'])
    expect(await kinds('?holder=71')).toEqual(['changed', 'intent', 'held'])
    expect(await kinds('?actor=di')).toEqual(['attempt'])
    expect(await kinds(`?draft=${orders.draftId}&actor=bo`)).toEqual(['changed', 'intent'])
    expect(await kinds(`?namespace=${hard.namespace}`)).toEqual(['held'])
    expect(await kinds('?namespace=no-such')).toEqual([])
    expect(await kinds('?actor=nobody')).toEqual([])
  })

  it('is an admin’s; editors see what concerns them, and viewers have each draft’s own history', async () => {
    const ref = desk.draft(soft, 'orders', lin)
    await desk.sweep(soft)
    await desk.take('bo', ref, { expectedHolderId: lin.id })
    await desk.take('di', ref)
    desk.emulator.lockInConsole({ ...ref, holder: lin })
    await desk.sweep(soft)
    expect(kindsOf((await ask('ada')).body.events)).toEqual(['changed', 'attempt', 'changed', 'intent', 'held'])
    // Di's attempt left the claim of Bo as it was, but attempts are for admins and for who made them.
    expect(kindsOf((await ask('bo')).body.events)).toEqual(['changed', 'changed', 'intent'])
    expect(kindsOf((await ask('di')).body.events)).toEqual(['attempt'])
    expect(kindsOf((await ask('cy')).body.events)).toEqual([])
    const { status, body } = await ask('vi')
    expect([status, body.code, body.right]).toEqual([403, 'no-right', 'audit'])
  })

  it('joins what one administers and what one edits, each by its own right, in one list', async () => {
    desk.sessions.set('session-of-cy', {
      ...(desk.sessions.get('session-of-cy') ?? (await Promise.reject(new Error('Cy has a session')))),
      bindings: [
        { ...hard, role: 'admin' },
        { ...soft, role: 'editor' },
      ],
    })
    desk.draft(hard, 'all of it', lin)
    desk.draft(soft, 'not mine', lin)
    const mine = desk.draft(soft, 'mine')
    await desk.sweep(soft)
    await desk.take('cy', mine)
    await desk.sweep(hard)
    expect((await all('cy', '?limit=1')).map(({ draftName, kind }) => [draftName, kind])).toEqual([
      ['all of it', 'held'],
      ['mine', 'held'],
      ['mine', 'intent'],
    ])
  })

  it('shows settings to admins of everything', async () => {
    await desk.ledger.recordSetting('vi is a viewer everywhere', 'ada')
    expect((await ask('ada')).body.events).toMatchObject([{ kind: 'setting', actor: { id: 'ada', name: 'Ada Okoye' } }])
    expect((await ask('bo')).body.events).toEqual([])
  })

  it('refuses what it does not understand', async () => {
    const live = desk.cursors.sign('live', 3)
    const bad = [
      'limit=0',
      'limit=201',
      'limit=x',
      'limit=1.5',
      'limit=',
      'kind=stolen',
      'kind=',
      'actor=',
      'holder=%00',
    ]
    bad.push('cursor=', 'cursor=7', `cursor=${live}`, 'cursor=%00', 'q=kind:stolen', `holder=${'x'.repeat(400)}`)
    for (const query of bad) {
      const { status, body } = await ask('ada', `?${query}`)
      expect([query, status, body.code]).toEqual([query, 400, 'bad-request'])
    }
    expect((await ask('ada', '?limit=200')).status).toBe(200)
  })

  it('verifies the chain for admins, and names the first entry that does not fit', async () => {
    for (const name of ['a', 'b', 'c']) desk.draft(soft, name, lin)
    await desk.sweep(soft)
    const verify = (who: PersonId) => desk.get<Verification & Problem>(who, '/audit/verify')
    expect((await verify('ada')).body).toMatchObject({ ok: true, entries: 3, firstBad: null, checkpoints: 0 })
    for (const who of ['bo', 'vi'] as const) expect((await verify(who)).status).toBe(403)
  })
})

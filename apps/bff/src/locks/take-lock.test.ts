import { roleKey } from '@lockdesk/flink-emulator'
import type { DraftPage, DraftRef, LockEvent } from '@lockdesk/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, hard, openDesk, people, soft } from '../../fixtures/lock-desk.ts'
import { type Ledger, LedgerUnavailable } from '../ledger/ledger.ts'

const lin = { id: '71', name: 'Lin Wei' }
const wu = { id: '72', name: 'Wu Min' }
const service = { id: '271828182845904523', name: 'svc-lockdesk' }

type Column = 'me' | 'before' | 'a third' | 'free' | 'not readable'

describe('each cell of the decision, on the cloud', () => {
  let desk: Desk
  let count = 0
  beforeAll(async () => {
    desk = await openDesk()
  })
  afterEach(() => {
    desk.emulator.clearFaults()
    desk.emulator.setSwitches({ takeover: 'seize' })
    desk.whenSending(() => {})
  })
  afterAll(async () => {
    expect(await desk.close()).toEqual([])
  })

  const envelope = (fields: object) =>
    JSON.stringify({ requestId: 'REQ-1', httpCode: 200, errorCode: '', errorMessage: '', ...fields })
  const naming = (holder: { id: string; name: string }) =>
    envelope({
      success: true,
      data: { id: 'stt-told', workspace: 'w', namespace: 'n', holderId: holder.id, holderName: holder.name },
    })
  const refusal = envelope({ success: false, errorCode: '990999', errorMessage: 'no' })
  const getLock = 'GetDeploymentDraftLock' as const

  /** How the cloud is made to answer, for a draft that Lin holds; `acts`: the caller has the lock all the same. */
  const answers: Record<string, (acts: boolean) => void> = {
    'success, names me': () => {},
    'success, names another': acts =>
      desk.emulator.addFault({ kind: 'answer', operation: getLock, times: 1, body: naming(lin), acts }),
    'a refusal that is no permission': acts =>
      desk.emulator.addFault({ kind: 'answer', operation: getLock, times: 1, body: refusal, acts }),
    'a throttling code, status 503': acts =>
      desk.emulator.addFault({ kind: 'deny', layer: 'gateway', operation: getLock, times: 1, acts }),
    'RAM denies': acts => desk.emulator.addFault({ kind: 'deny', layer: 'ram', operation: getLock, times: 1, acts }),
    'the role in the namespace denies': acts =>
      desk.emulator.addFault({
        kind: 'deny',
        layer: 'namespace-role',
        status: 403,
        operation: getLock,
        times: 1,
        acts,
      }),
    'the connection is cut': acts =>
      desk.emulator.addFault({ kind: 'lost-answer', operation: getLock, times: 1, acts }),
    'a proxy answers 502': acts => desk.emulator.addFault({ kind: 'html', operation: getLock, times: 1, acts }),
    'another 5xx': acts =>
      desk.emulator.addFault({ kind: 'error', status: 500, code: 'InternalError', operation: getLock, times: 1, acts }),
    '5xx as httpCode': acts =>
      desk.emulator.addFault({
        kind: 'answer',
        operation: getLock,
        times: 1,
        body: envelope({ success: false, httpCode: 500, errorCode: '990500' }),
        acts,
      }),
    SignatureNonceUsed: acts =>
      desk.emulator.addFault({
        kind: 'error',
        status: 400,
        code: 'SignatureNonceUsed',
        operation: getLock,
        times: 1,
        acts,
      }),
    'an answer that names nobody': acts =>
      desk.emulator.addFault({
        kind: 'answer',
        operation: getLock,
        times: 1,
        body: envelope({ success: true, data: {} }),
        acts,
      }),
  }

  function arrange(answer: string, column: Column, ref: DraftRef): void {
    const namesMe = answer === 'success, names me'
    const shown = { before: lin, 'a third': wu, free: null }
    if (column === 'not readable') {
      // Whatever is asked from now on: the read back.
      desk.whenSending(() =>
        desk.emulator.addFault({ kind: 'deny', layer: 'ram', operation: 'GetDeploymentDraft', times: 1 }),
      )
    } else if (column !== 'me') {
      const holder = shown[column]
      if (namesMe) desk.emulator.addFault({ kind: 'afterwards', operation: getLock, times: 1, holder })
      else desk.whenSending(() => void desk.emulator.lockInConsole({ ...ref, holder }))
    }
    answers[answer]?.(column === 'me')
  }

  const byAnswer = { status: 200, outcome: 'taken', confirmedBy: 'answer', holder: service.id }
  const byRead = { status: 200, outcome: 'taken', confirmedBy: 'read-back', holder: service.id }
  const heldBy = (id: string | null) => ({ status: 409, code: 'held-by-other', outcome: 'held-by-other', holder: id })
  const refusedBy = (layer: string) => ({ status: 403, code: 'refused', outcome: 'refused', layer })
  const throttled = { status: 503, code: 'throttled', outcome: 'refused', layer: 'gateway' }
  const unknown = { status: 504, code: 'unknown', outcome: 'unknown', holder: null }
  type Expected = { status: number; outcome: string; holder?: string | null; [field: string]: unknown }
  const row = (expected: Expected): Record<Column, Expected> => ({
    me: byRead,
    before: expected,
    'a third': expected,
    free: expected,
    'not readable': expected,
  })
  const table: Record<string, Record<Column, Expected>> = {
    'success, names me': { ...row(byAnswer), 'a third': heldBy(wu.id) },
    'success, names another': { ...row(heldBy(lin.id)), 'a third': heldBy(wu.id), free: heldBy(null) },
    'a refusal that is no permission': {
      ...row(refusedBy('unspecified')),
      before: heldBy(lin.id),
      'a third': heldBy(wu.id),
    },
    'a throttling code, status 503': { ...row(throttled), before: heldBy(lin.id), 'a third': heldBy(wu.id) },
    'RAM denies': row(refusedBy('ram')),
    'the role in the namespace denies': row(refusedBy('namespace-role')),
    'the connection is cut': row(unknown),
    'a proxy answers 502': row(unknown),
    'another 5xx': row(unknown),
    '5xx as httpCode': row(unknown),
    SignatureNonceUsed: row(unknown),
    'an answer that names nobody': row(unknown),
  }
  const cells = Object.entries(table).flatMap(([answer, columns]) =>
    Object.entries(columns).map(([column, expected]) => ({ answer, column: column as Column, expected })),
  )

  it.each(cells)('$answer × $column', async ({ answer, column, expected }) => {
    const ref = desk.draft(soft, `cell ${(count += 1)}`, lin)
    arrange(answer, column, ref)
    const before = desk.sent(getLock)
    const { status, body, retryAfter } = await desk.take('bo', ref, { expectedHolderId: lin.id, reason: 'late fix' })
    const { holder, ...fields } = expected
    expect({ ...body, status }).toMatchObject(fields)
    if (holder !== undefined) expect(body.holder?.id ?? null).toBe(holder)
    expect(body.previousHolder?.id).toBe(lin.id)
    if (status !== 200) expect(body.detail).toMatch(/\w.*\./)
    if (body.layer === 'gateway') expect(Number(retryAfter)).toBeGreaterThan(0)
    expect(desk.sent(getLock) - before).toBe(1)

    const entries = await desk.entriesOf(ref)
    const intent = entries.find(({ kind }) => kind === 'intent')
    const closing = entries.find(({ id }) => id === body.eventId)
    expect(closing).toMatchObject({ intent_id: intent?.id, actor_id: 'bo', reason: 'late fix', how: 'lockdesk' })
    const isTransition = expected.outcome === 'taken' || (answer === 'success, names me' && column === 'a third')
    expect(closing?.kind).toBe(isTransition ? 'changed' : 'attempt')
    const state = await desk.ledger.draft(ref)
    if (expected.outcome === 'taken')
      expect(state?.lock).toMatchObject({ holder: service, known: 'exact', claim: { personId: 'bo' } })
    else expect(state?.lock?.claim ?? null).toBeNull()
  })

  it('taken and lost again is two transitions', async () => {
    const ref = desk.draft(soft, 'taken and lost')
    desk.emulator.addFault({ kind: 'afterwards', operation: getLock, times: 1, holder: wu })
    const { body } = await desk.take('bo', ref)
    expect(body).toMatchObject({ outcome: 'held-by-other', holder: wu, previousHolder: null })
    expect((await desk.entriesOf(ref)).map(({ kind, to_id }) => [kind, to_id])).toEqual([
      ['intent', null],
      ['held', service.id],
      ['changed', wu.id],
    ])
  })

  it('a draft that ceases to exist meanwhile is gone, with an attempt', async () => {
    const ref = desk.draft(soft, 'short-lived')
    desk.whenSending(() => {
      desk.emulator.addFault({ kind: 'lost-answer', operation: getLock, times: 1, acts: false })
      desk.emulator.deleteDraft(ref.draftId)
    })
    const { status, body } = await desk.take('bo', ref)
    expect([status, body.code]).toEqual([404, 'draft-gone'])
    expect((await desk.entriesOf(ref)).at(-1)).toMatchObject({ kind: 'attempt', outcome: 'draft-gone' })
  })
})

describe('the switches of the cloud', () => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk()
  })
  afterEach(async () => {
    expect(await desk.close()).toEqual([])
  })

  it.each([
    { takeover: 'seize', status: 200, outcome: 'taken', holder: service.id },
    { takeover: 'refuse', status: 409, outcome: 'held-by-other', holder: lin.id },
    { takeover: 'report-holder', status: 409, outcome: 'held-by-other', holder: lin.id },
  ] as const)('$takeover: taking over ends $outcome', async ({ takeover, status, outcome, holder }) => {
    for (const refuseCarriesData of [false, true]) {
      desk.emulator.setSwitches({ takeover, refuseCarriesData })
      const ref = desk.draft(soft, `held ${String(refuseCarriesData)}`, lin)
      const answer = await desk.take('bo', ref, { expectedHolderId: lin.id })
      expect([answer.status, answer.body.outcome, answer.body.holder?.id]).toEqual([status, outcome, holder])
    }
  })

  it.each(['null', 'absent', '{}', 'emptyStrings'] as const)('a free draft shown as %s is taken', async shape => {
    desk.emulator.setSwitches({ unlockedShape: shape, emptyErrorString: '""' })
    const { status, body } = await desk.take('bo', desk.draft(soft, 'free'))
    expect([status, body.outcome, body.confirmedBy]).toEqual([200, 'taken', 'read-back'])
  })

  it('reads that lag behind do not take the lock back: confirmed by the answer, and in force', async () => {
    desk.emulator.setSwitches({ readLagMs: 60_000 })
    const ref = desk.draft(soft, 'lagging')
    const { status, body } = await desk.take('bo', ref)
    expect([status, body.outcome, body.confirmedBy]).toEqual([200, 'taken', 'answer'])
    expect((await desk.take('bo', ref)).body.outcome).toBe('already-yours')
    const second = await desk.take('di', ref)
    expect([second.status, second.body.code, second.body.claim?.by]).toEqual([409, 'holder-changed', people.bo.person])
    expect(desk.sent('GetDeploymentDraftLock')).toBe(1)
  })

  it('a role whose holder id nobody knows is told the id, and the setting that names it', async () => {
    const role = await openDesk({ key: roleKey })
    role.emulator.setSwitches({ roleSessionHolderFormat: 'platformId' })
    const ref = role.draft(soft, 'by a role')
    const { status, body } = await role.take('bo', ref)
    const held = role.truthOf(ref)
    expect([status, body.outcome, body.holder?.id]).toEqual([504, 'unknown', held?.id])
    expect(body.detail).toContain('LOCKDESK_HOLDER_IDS')
    expect(body.detail).toContain(held?.id)
    expect(await role.close()).toEqual([])

    const told = await openDesk({ key: roleKey, holderIds: held ? [held.id] : [] })
    told.emulator.setSwitches({ roleSessionHolderFormat: 'platformId' })
    expect((await told.take('bo', told.draft(soft, 'by a role'))).body.outcome).toBe('taken')
    expect(await told.close()).toEqual([])
  })

  it.each(['principalId', 'roleId', 'session'] as const)('a role held as its %s is known', async format => {
    const role = await openDesk({ key: roleKey })
    role.emulator.setSwitches({ roleSessionHolderFormat: format })
    expect((await role.take('bo', role.draft(soft, 'by a role'))).body.outcome).toBe('taken')
    expect(await role.close()).toEqual([])
  })
})

describe('taking a lock', () => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk({ callTimeoutMs: 1_000 })
  })
  afterEach(async () => {
    expect(await desk.close()).toEqual([])
  })
  const takes = () => desk.sent('GetDeploymentDraftLock')
  const eventsFor = async (who: 'ada' | 'bo' | 'vi', ref: DraftRef) =>
    (await desk.get<{ events: LockEvent[] }>(who, desk.pathOf(ref))).body.events

  it('writes the intent before it sends, and the transition with who, why and how long it took', async () => {
    const ref = desk.draft(soft, '支付对账')
    let written: unknown
    desk.whenSending(async () => {
      written = (await desk.entriesOf(ref)).map(({ kind }) => kind)
    })
    const { status, body } = await desk.take('bo', ref, { reason: 'late fix' })
    expect(written).toEqual(['intent'])
    expect(status).toBe(200)
    expect(body).toMatchObject({
      outcome: 'taken',
      previousHolder: null,
      holder: { ...service, kind: 'service', self: true, member: null },
      claim: { by: people.bo.person, reason: 'late fix' },
      confirmedBy: 'read-back',
      requestId: expect.stringMatching(/./),
    })
    const [intent, held] = await desk.entriesOf(ref)
    expect(held).toMatchObject({
      id: body.eventId,
      kind: 'held',
      how: 'lockdesk',
      known: 'exact',
      intent_id: intent?.id,
      actor_id: 'bo',
      to_claim: 'bo',
      request_id: body.requestId,
    })
    expect(held?.at_after).toBeGreaterThanOrEqual(intent?.recorded_at ?? Number.POSITIVE_INFINITY)
  })

  it('a viewer may not: 403 that names the right, one entry, nothing asked of the cloud', async () => {
    const ref = desk.draft(soft, 'seen')
    await desk.sweep(soft)
    const reads = desk.sent('GetDeploymentDraft')
    const answers = await Promise.all([1, 2, 3].map(() => desk.take('vi', ref)))
    expect(answers.map(({ status, body }) => [status, body.code, body.right])).toEqual(
      answers.map(() => [403, 'no-right', 'take']),
    )
    expect((await desk.entriesOf(ref)).map(({ kind, outcome, actor_id }) => [kind, outcome, actor_id])).toEqual([
      ['denied', 'no-right', 'vi'],
    ])
    expect([takes(), desk.sent('GetDeploymentDraft') - reads]).toEqual([0, 0])
    await desk.locks.close()
    expect((await desk.entriesOf(ref)).at(-1)).toMatchObject({ kind: 'denied', count: 2 })
  })

  it('what Lockdesk does not know is not there for a viewer, and is looked for where one may take', async () => {
    const ref = desk.draft(soft, 'a second old')
    const before = await desk.ledger.head()
    expect((await desk.take('vi', ref)).status).toBe(404)
    expect(await desk.ledger.head()).toBe(before)
    expect(desk.sent('GetDeploymentDraft')).toBe(0)
    expect((await desk.take('bo', ref)).body.outcome).toBe('taken')
  })

  it('outside the scope nothing is there, and nothing is written', async () => {
    const ref = desk.draft(hard, 'elsewhere')
    await desk.sweep(hard)
    const head = await desk.ledger.head()
    const foreign = [
      await desk.take('cy', ref),
      await desk.take('bo', { ...ref, namespace: 'no-such' }),
      await desk.take('ada', { ...ref, workspace: 'no-such' }),
    ]
    expect(foreign.map(({ status, body }) => [status, body.code])).toEqual(foreign.map(() => [404, 'not-found']))
    expect(new Set(foreign.map(({ body }) => body.detail)).size).toBe(1)
    expect([await desk.ledger.head(), takes(), desk.sent('GetDeploymentDraft')]).toEqual([head, 0, 0])
  })

  it('a draft that the cloud does not know is gone', async () => {
    const { status, body } = await desk.take('bo', { ...soft, draftId: 'no-such-draft' })
    expect([status, body.code, takes()]).toEqual([404, 'draft-gone', 0])
  })

  it('a changed holder stops it: nothing sent, the new holder told, a coalesced attempt without an intent', async () => {
    const ref = desk.draft(soft, 'changed', wu)
    const first = await desk.take('bo', ref)
    const second = await desk.take('bo', ref, { expectedHolderId: lin.id })
    for (const { status, body } of [first, second]) {
      expect([status, body.code, body.outcome]).toEqual([409, 'holder-changed', 'held-by-other'])
      expect(body.holder).toMatchObject(wu)
      expect(body.detail).toContain(wu.name)
    }
    expect(takes()).toBe(0)
    const attempts = (await desk.entriesOf(ref)).filter(({ kind }) => kind === 'attempt')
    expect(attempts).toMatchObject([{ actor_id: 'bo', intent_id: null, outcome: 'held-by-other', count: null }])
    expect([first.body.eventId, second.body.eventId]).toEqual([attempts[0]?.id, null])
    await desk.locks.close()
    expect((await desk.entriesOf(ref)).at(-1)).toMatchObject({ kind: 'attempt', count: 1 })
  })

  it('a held draft of a hard namespace is for admins: 403, an entry, nothing sent', async () => {
    const ref = desk.draft(hard, 'hard', lin)
    const { status, body } = await desk.take('bo', ref, { expectedHolderId: lin.id })
    expect([status, body.code, takes()]).toEqual([403, 'policy-hard', 0])
    expect(body.detail).toContain(lin.name)
    expect((await desk.entriesOf(ref)).at(-1)).toMatchObject({ kind: 'denied', outcome: 'policy-hard', to_id: lin.id })
    expect((await desk.take('ada', ref, { expectedHolderId: lin.id })).body.outcome).toBe('taken')
    expect((await desk.take('bo', desk.draft(hard, 'free and hard'))).body.outcome).toBe('taken')
  })

  it('what one holds already is told so, and nothing is sent', async () => {
    const ref = desk.draft(soft, 'mine')
    await desk.take('bo', ref)
    const { status, body } = await desk.take('bo', ref, { expectedHolderId: 'whoever' })
    expect([status, body.outcome, body.eventId, body.holder?.self]).toEqual([200, 'already-yours', null, true])
    expect(takes()).toBe(1)
  })

  it('two people behind one key: one has it, the other is told by name', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ref = desk.draft(soft, `race ${round}`)
      const answers = await Promise.all([desk.take('bo', ref), desk.take('di', ref)])
      const won = answers.findIndex(({ body }) => body.outcome === 'taken')
      const [winner, loser] = won === 0 ? (['bo', 'di'] as const) : (['di', 'bo'] as const)
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
      const lost = answers[1 - won]?.body
      expect(lost).toMatchObject({
        code: 'holder-changed',
        claim: { by: people[winner].person },
        holder: { self: false },
      })
      expect(lost?.detail).toContain(people[winner].person.name)
      const entries = await desk.entriesOf(ref)
      expect(entries.map(({ kind, actor_id }) => [kind, actor_id])).toEqual([
        ['intent', winner],
        ['held', winner],
        ['attempt', loser],
      ])
    }
    expect(takes()).toBe(10)
  })

  it('one person twice at once: one call, taken and already-yours', async () => {
    const ref = desk.draft(soft, 'twice')
    const answers = await Promise.all([desk.take('bo', ref), desk.take('bo', ref)])
    expect(answers.map(({ body }) => body.outcome).toSorted()).toEqual(['already-yours', 'taken'])
    expect(takes()).toBe(1)
  })

  it('taking over from another person behind the shared key moves the claim and sends nothing', async () => {
    const ref = desk.draft(soft, 'shared')
    await desk.take('bo', ref, { reason: 'mine' })
    expect((await desk.take('di', ref, { expectedHolderId: service.id })).body.code).toBe('holder-changed')
    const { status, body } = await desk.take('di', ref, {
      expectedHolderId: service.id,
      expectedClaim: 'bo',
      reason: 'now mine',
    })
    expect([status, body.outcome, takes()]).toEqual([200, 'taken', 1])
    expect(body).toMatchObject({
      previousHolder: { ...service, self: false },
      holder: { ...service, self: true },
      claim: { by: people.di.person, reason: 'now mine' },
    })
    expect((await desk.entriesOf(ref)).at(-1)).toMatchObject({
      id: body.eventId,
      kind: 'changed',
      from_id: service.id,
      to_id: service.id,
      from_claim: 'bo',
      to_claim: 'di',
      actor_id: 'di',
    })
  })

  it('another run of the same person is another person', async () => {
    const ref = desk.draft(soft, 'runs')
    const first = await desk.take('bo', ref, { onBehalfOf: 'run 1' })
    expect(first.body.claim).toMatchObject({ by: people.bo.person, onBehalfOf: 'run 1' })
    expect(first.body.holder?.self).toBe(true)
    expect((await desk.take('bo', ref, { onBehalfOf: 'run 1' })).body.outcome).toBe('already-yours')
    const other = { expectedHolderId: service.id, onBehalfOf: 'run 2' }
    const stopped = await desk.take('bo', ref, other)
    expect([stopped.body.code, stopped.body.holder?.self]).toEqual(['holder-changed', false])
    expect((await desk.take('bo', ref, { ...other, expectedClaim: 'bo' })).body).toMatchObject({
      outcome: 'taken',
      claim: { onBehalfOf: 'run 2' },
    })
    expect(takes()).toBe(1)
  })

  it("a namesake of ours is a stranger: one's own is told by id, never by name", async () => {
    const ref = desk.draft(soft, 'namesake', { id: '42', name: service.name })
    const { status, body } = await desk.take('bo', ref)
    expect([status, body.code, body.holder?.self, takes()]).toEqual([409, 'holder-changed', false, 0])
    expect(body.holder?.kind).toBe('person')
    // A claim that only moved would leave the lock with the namesake.
    expect((await desk.take('bo', ref, { expectedHolderId: '42' })).body).toMatchObject({
      outcome: 'taken',
      previousHolder: { id: '42', kind: 'person' },
      holder: { ...service, kind: 'service', self: true },
    })
    expect(takes()).toBe(1)
  })

  it('two people of one name are two: the transition goes from id to id', async () => {
    const ref = desk.draft(soft, 'two of one name', { id: '71', name: 'Lin' })
    await desk.sweep(soft)
    desk.emulator.lockInConsole({ ...ref, holder: { id: '72', name: 'Lin' } })
    expect((await desk.take('bo', ref, { expectedHolderId: '71' })).body).toMatchObject({
      code: 'holder-changed',
      holder: { id: '72' },
    })
    expect((await desk.entriesOf(ref)).filter(({ kind }) => kind === 'changed')).toMatchObject([
      { from_id: '71', to_id: '72' },
    ])
  })

  it('two of us by one name are two: the claim, the reason and whose it is go by id', async () => {
    const { name } = people.bo.person
    await desk.database.updateTable('people').set({ name }).where('id', '=', 'di').execute()
    const ref = desk.draft(soft, 'two of us')
    await desk.take('bo', ref, { reason: 'mine' })
    const { status, body } = await desk.take('di', ref, { expectedHolderId: service.id })
    expect([status, body.code, body.holder?.self]).toEqual([409, 'holder-changed', false])
    expect(body.claim?.by).toEqual({ id: 'bo', name })
    const change = { method: 'PATCH', body: JSON.stringify({ reason: 'mine too' }) }
    expect((await desk.call('di', `${desk.pathOf(ref)}/reason`, change)).status).toBe(403)
    const seen = (await desk.get<DraftPage>('di', desk.pathOf(ref))).body.draft
    expect([seen.lock?.holder.self, seen.may.takeOver]).toEqual([false, true])
    expect(takes()).toBe(1)
  })

  it('an answer that was lost after it acted is taken, confirmed by the read back', async () => {
    desk.emulator.addFault({ kind: 'html', operation: 'GetDeploymentDraftLock', status: 502, times: 1, acts: true })
    const { status, body } = await desk.take('bo', desk.draft(soft, 'proxy'))
    expect([status, body.outcome, body.confirmedBy, takes()]).toEqual([200, 'taken', 'read-back', 1])
  })

  it('one that nobody answers is unknown after the time limit, and blocks all others behind the key', async () => {
    desk.emulator.addFault({ kind: 'hang', operation: 'GetDeploymentDraftLock', times: 1 })
    const ref = desk.draft(soft, 'hanging')
    const { status, body } = await desk.take('bo', ref)
    expect([status, body.outcome]).toEqual([504, 'unknown'])
    const other = await desk.take('di', ref)
    expect([other.status, other.body.code, other.body.outcome]).toEqual([409, 'take-pending', 'held-by-other'])
    expect(takes()).toBe(1)
    expect((await desk.take('bo', ref)).body.outcome).toBe('taken')
  })

  it('a taker that fails on the way has sent, for all that is known: unknown, and pending', async () => {
    const ref = desk.draft(soft, 'broken taker')
    desk.whenSending(() => Promise.reject(new Error('a bug of ours')))
    const { status, body } = await desk.take('bo', ref)
    expect([status, body.outcome]).toEqual([504, 'unknown'])
    expect((await desk.ledger.draft(ref))?.intents).toMatchObject([{ actorId: 'bo', isPending: true }])
  })

  it('one that was lost and had acted is settled by the first reading, as its actor’s', async () => {
    const ref = desk.draft(soft, 'settled')
    desk.emulator.setSwitches({ readLagMs: 1_500 })
    desk.emulator.addFault({ kind: 'lost-answer', operation: 'GetDeploymentDraftLock', times: 1 })
    const { body } = await desk.take('bo', ref, { reason: 'late fix' })
    expect(body.outcome).toBe('unknown')
    expect((await desk.take('di', ref)).body.code).toBe('take-pending')
    desk.emulator.setSwitches({ readLagMs: 0 })
    const answer = await desk.take('di', ref)
    expect(answer.body).toMatchObject({ code: 'holder-changed', claim: { by: people.bo.person, reason: 'late fix' } })
    const settled = (await desk.entriesOf(ref)).find(({ kind }) => kind === 'held')
    expect(settled).toMatchObject({ how: 'lockdesk', actor_id: 'bo', to_claim: 'bo', outcome: 'taken' })
    expect(takes()).toBe(1)
  })

  it('the cloud cannot be read: 503 in words, nothing sent, and it works again by itself', async () => {
    const ref = desk.draft(soft, 'down')
    await desk.take('vi', ref)
    for (const kind of ['html', 'hang', 'error'] as const) {
      desk.emulator.addFault({ kind, operation: 'GetDeploymentDraft' })
      const { status, body } = await desk.take('bo', ref)
      expect([status, body.code, takes()]).toEqual([503, 'cloud-unavailable', 0])
      expect(body.detail).toContain('nothing was sent')
      desk.emulator.clearFaults()
    }
    expect((await desk.take('bo', ref)).body.outcome).toBe('taken')
  })

  it('who signs is not known and cannot be asked: 503, nothing sent', async () => {
    desk.emulator.addFault({ kind: 'deny', layer: 'ram', operation: 'GetCallerIdentity' })
    const { status, body } = await desk.take('bo', desk.draft(soft, 'anonymous'))
    expect([status, body.code, takes()]).toEqual([503, 'cloud-unavailable', 0])
  })

  it('the caller who goes away cancels nothing', async () => {
    const ref = desk.draft(soft, 'gone away')
    const leaving = new AbortController()
    desk.whenSending(() => leaving.abort())
    desk.emulator.addFault({ kind: 'latency', ms: 100, operation: 'GetDeploymentDraftLock', times: 1 })
    const answer = desk.call('bo', `${desk.pathOf(ref)}/lock`, {
      method: 'POST',
      body: JSON.stringify({ expectedHolderId: null }),
      signal: leaving.signal,
    })
    await expect(answer).rejects.toThrow(/abort/i)
    await desk.locks.idle()
    expect((await desk.ledger.draft(ref))?.lock).toMatchObject({ holder: service, claim: { personId: 'bo' } })
  })

  it('a reading that was on its way while somebody took does not undo the take', async () => {
    const ref = desk.draft(soft, 'old news')
    await desk.sweep(soft)
    desk.emulator.addFault({ kind: 'latency', ms: 300, operation: 'ListDeploymentDrafts', times: 1 })
    const slow = desk.sweep(soft)
    await expect.poll(() => desk.emulator.listFaults()).toEqual([])
    expect((await desk.take('bo', ref)).body.outcome).toBe('taken')
    await slow
    expect((await desk.ledger.draft(ref))?.lock).toMatchObject({ holder: service, claim: { personId: 'bo' } })
  })

  it('bad input is told field by field, and nothing is taken', async () => {
    const ref = desk.draft(soft, 'bad input')
    const post = (body: string) => desk.call('bo', `${desk.pathOf(ref)}/lock`, { method: 'POST', body })
    const bad = [
      '{',
      '{}',
      '[]',
      '{"expectedHolderId":7}',
      JSON.stringify({ expectedHolderId: null, reason: 'x'.repeat(281) }),
      JSON.stringify({ expectedHolderId: null, onBehalfOf: 'x'.repeat(65) }),
      JSON.stringify({ expectedHolderId: null, onBehalfOf: '' }),
      JSON.stringify({ expectedHolderId: null, onBehalfOf: '  ' }),
      JSON.stringify({ expectedHolderId: null, expectedClaim: {} }),
    ]
    for (const body of bad) expect([body, (await post(body)).status]).toEqual([body, 400])
    for (const draftId of ['a/b', '...', 'x'.repeat(300), '\u0000', '%', 'getLock', '🚀'])
      expect([draftId, (await desk.take('bo', { ...soft, draftId })).status]).toEqual([draftId, 404])
    expect(takes()).toBe(0)
  })

  it('a reason with half characters is stored as text that comes back, so the chain holds', async () => {
    const ref = desk.draft(soft, 'half')
    expect((await desk.take('bo', ref, { reason: 'a\ud800b\u0000c' })).body.claim?.reason).toBe('a\ufffdb\ufffdc')
    expect(await desk.ledger.verify()).toMatchObject({ ok: true })
  })

  it('intents, attempts and denials are shown to admins and to the actor', async () => {
    const ref = desk.draft(soft, 'who sees', lin)
    await desk.take('bo', ref)
    await desk.take('bo', ref, { expectedHolderId: lin.id })
    const kinds = async (who: 'ada' | 'bo' | 'vi') => (await eventsFor(who, ref)).map(({ kind }) => kind)
    expect(await kinds('ada')).toEqual(['changed', 'intent', 'attempt', 'held'])
    expect(await kinds('bo')).toEqual(['changed', 'intent', 'attempt', 'held'])
    expect(await kinds('vi')).toEqual(['changed', 'held'])
  })

  it('the reason of a claim is its owner’s to change; both texts stay', async () => {
    const ref = desk.draft(soft, 'reasons')
    await desk.take('bo', ref, { reason: 'first' })
    const patch = async (who: 'bo' | 'di' | 'vi', reason: string, at = ref) => {
      const answer = await desk.call(who, `${desk.pathOf(at)}/reason`, {
        method: 'PATCH',
        body: JSON.stringify({ reason }),
      })
      return { status: answer.status, body: (await answer.json()) as LockEvent & { code?: string } }
    }
    const changed = await patch('bo', 'second')
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({ kind: 'changed', reason: 'second', claim: { reason: 'second' } })
    expect((await patch('di', 'mine now')).body.code).toBe('no-right')
    expect((await patch('vi', 'mine now')).status).toBe(403)
    expect((await patch('bo', 'x'.repeat(281))).status).toBe(400)
    expect((await patch('bo', 'no', { ...soft, draftId: 'no-such' })).status).toBe(404)
    const page = await desk.get<{ holds: { claim?: { reason?: string } }[]; events: LockEvent[] }>(
      'cy',
      desk.pathOf(ref),
    )
    expect(page.body.holds.map(({ claim }) => claim?.reason)).toEqual(['second'])
    expect(page.body.events.map(({ reason }) => reason)).toEqual(['second', 'first'])
    expect((await patch('bo', '')).body.claim?.reason).toBeUndefined()
  })
})

describe('limits and the store', () => {
  it('so many getLocks a minute for each actor: then 429, nothing sent', async () => {
    const desk = await openDesk({ takesPerMinute: 2 })
    const refs = ['a', 'b', 'c'].map(name => desk.draft(soft, name))
    const [a, b, c] = refs as [DraftRef, DraftRef, DraftRef]
    expect((await desk.take('bo', a)).status).toBe(200)
    expect((await desk.take('bo', a)).body.outcome).toBe('already-yours')
    expect((await desk.take('bo', b)).status).toBe(200)
    const limited = await desk.take('bo', c)
    expect([limited.status, limited.body.code]).toEqual([429, 'too-many'])
    expect(Number(limited.retryAfter)).toBeGreaterThan(50)
    expect((await desk.entriesOf(c)).length).toBe(0)
    expect((await desk.take('di', c)).status).toBe(200)
    expect(desk.sent('GetDeploymentDraftLock')).toBe(3)
    expect(await desk.close()).toEqual([])
  })

  it('the ledger cannot be written: 503, nothing sent, the limit not used up', async () => {
    let isBroken = true
    const failing = (ledger: Ledger): Ledger => ({
      ...ledger,
      openIntent: async intent => {
        if (isBroken) throw new LedgerUnavailable(new Error('disk full'))
        return ledger.openIntent(intent)
      },
    })
    const desk = await openDesk({ wrapLedger: failing, takesPerMinute: 1 })
    const ref = desk.draft(soft, 'unwritable')
    const { status, body } = await desk.take('bo', ref)
    expect([status, body.code, desk.sent('GetDeploymentDraftLock')]).toEqual([503, 'ledger-unavailable', 0])
    isBroken = false
    expect((await desk.take('bo', ref)).status).toBe(200)
    expect(await desk.close()).toEqual([])
  })

  it('what came of it cannot be written: unknown, and the next readings settle it', async () => {
    const failing = (ledger: Ledger): Ledger => ({
      ...ledger,
      closeIntent: async () => {
        throw new LedgerUnavailable(new Error('disk full'))
      },
    })
    let now = Date.UTC(2026, 10, 25, 8)
    const desk = await openDesk({ wrapLedger: failing, now: () => now, callTimeoutMs: 1_000 })
    const ref = desk.draft(soft, 'unwritten')
    const { status, body } = await desk.take('bo', ref)
    expect([status, body.code, body.eventId]).toEqual([504, 'unknown', null])
    now += 60_000
    await desk.sweep(soft)
    expect((await desk.ledger.draft(ref))?.lock).toMatchObject({ holder: service, claim: { personId: 'bo' } })
    expect(await desk.close()).toEqual([])
  })

  it('whoever has waited fifteen seconds for a turn is told so, and nothing of theirs is sent', async () => {
    const waits = new Set<() => void>()
    const desk = await openDesk({
      schedule: (afterMs, work) => {
        if (afterMs === 15_000) waits.add(work)
        return () => waits.delete(work)
      },
    })
    const ref = desk.draft(soft, 'slow')
    const { promise: arrived, resolve } = Promise.withResolvers<void>()
    const { promise: goOn, resolve: release } = Promise.withResolvers<void>()
    desk.whenSending(async () => {
      resolve()
      await goOn
    })
    const first = desk.take('bo', ref)
    await arrived
    const second = desk.take('di', ref)
    await expect.poll(() => waits.size).toBe(1)
    for (const runOut of waits) runOut()
    const { status, body } = await second
    expect([status, body.code]).toEqual([409, 'take-pending'])
    release()
    expect((await first).body.outcome).toBe('taken')
    expect(desk.sent('GetDeploymentDraftLock')).toBe(1)
    expect(await desk.close()).toEqual([])
  })
})

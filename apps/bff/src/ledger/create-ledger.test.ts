import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bothStores } from '../../fixtures/stores.ts'
import { checkLedger } from './check-ledger.ts'
import { createLedger } from './create-ledger.ts'
import { DraftMoved, type OpenIntent, type TakeEnd } from './ledger.ts'
import { draftOf, held, ledgerOn, place, refOf } from './ledger-fixture.ts'

describe.each(bothStores())('the ledger on $name', kind => {
  let world: Awaited<ReturnType<typeof ledgerOn>>
  beforeEach(async () => {
    world = await ledgerOn(await kind.open())
  })
  afterEach(async () => {
    expect(await checkLedger(world.database)).toEqual([])
    await world.close()
  })

  const actor = { personId: 'bo' }
  const ada = { personId: 'ada' }
  const stateOf = async (draftId: string) => {
    const state = await world.ledger.draft(refOf(draftId))
    if (!state) throw new Error(`nobody knows ${draftId}`)
    return state
  }
  const openIntent = async (draftId = 'a', by = actor): Promise<OpenIntent> =>
    world.ledger.openIntent({
      ref: refOf(draftId),
      before: await stateOf(draftId),
      actor: by,
      identityIds: ['svc'],
      timeoutMs: 10_000,
      reason: 'late fix',
    })
  const pass = (ms: number) => {
    world.clock.now += ms
  }
  /** The same store, opened by a process that comes when the one before it has died. */
  const laterProcess = () =>
    createLedger({
      database: world.database,
      store: { ...world.store, processId: 'a later one', isAlive: async () => false },
    })
  const kinds = async () => (await world.all()).map(({ kind }) => kind)
  const newest = async () => (await world.all()).at(-1)

  /** The end of a take as seen a moment after it was sent. */
  const end = (facts: Partial<TakeEnd> & Pick<TakeEnd, 'outcome'>): TakeEnd => ({
    readBack: { kind: 'unreadable' },
    sentAt: world.clock.now,
    decidedAt: world.clock.now + 20,
    ...facts,
  })
  const got = (confirmedBy: 'read-back' | 'answer', lockId = 'ours') => ({
    holder: { id: 'svc', name: 'svc-lockdesk' },
    lockId,
    confirmedBy,
  })

  describe('sweeps', () => {
    it('say at least where watching began, and bounded from then on', async () => {
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      pass(5_000)
      await world.sweep([draftOf('a', held('71')), draftOf('b', held('72'))])
      const [first, second] = await world.all()
      expect(first).toMatchObject({ kind: 'held', to_id: '71', known: 'at-least', at_after: null, at_by: 1_000_010 })
      expect(second).toMatchObject({
        kind: 'held',
        to_id: '72',
        known: 'bounded',
        at_after: 1_000_000,
        at_by: 1_005_010,
        how: 'observed',
        actor_id: null,
      })
    })

    it('take a draft that the last complete sweep did not contain as new since then', async () => {
      await world.sweep([draftOf('a')])
      pass(5_000)
      await world.sweep([draftOf('a'), draftOf('b', held('71'))])
      expect(await newest()).toMatchObject({ draft_id: 'b', known: 'bounded', at_after: 1_000_000 })
    })

    it('prove presence but no absence when incomplete', async () => {
      await world.sweep([draftOf('a', held('71')), draftOf('b', held('72'))])
      for (let times = 0; times < 3; times++) {
        pass(5_000)
        await world.sweep([draftOf('a')], { isComplete: false })
      }
      expect((await world.all()).slice(2)).toMatchObject([{ kind: 'freed', draft_id: 'a' }])
      expect((await world.ledger.draft(refOf('b')))?.lock?.holder.id).toBe('72')
    })

    it('bound a change by the previous reading of that draft, also where that was of an incomplete sweep', async () => {
      await world.sweep([draftOf('a'), draftOf('b')])
      pass(5_000)
      await world.sweep([draftOf('a')], { isComplete: false })
      pass(5_000)
      await world.sweep([draftOf('a', held('71')), draftOf('b', held('72'))])
      expect(await world.all()).toMatchObject([
        { draft_id: 'a', at_after: 1_005_000 },
        { draft_id: 'b', at_after: 1_000_000 },
      ])
    })

    it('delete only what two complete ones in a row lacked', async () => {
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      pass(5_000)
      await world.sweep([draftOf('b')])
      expect(await kinds()).toEqual(['held'])
      pass(5_000)
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      pass(5_000)
      await world.sweep([draftOf('b')])
      pass(5_000)
      await world.sweep([draftOf('b')])
      expect(await newest()).toMatchObject({
        kind: 'deleted',
        draft_id: 'a',
        from_id: '71',
        to_id: null,
        at_after: 1_010_000,
      })
      expect((await world.ledger.draft(refOf('a')))?.deletedAt).toBe(1_020_010)
      expect((await world.ledger.drafts([place])).map(({ ref }) => ref.draftId)).toEqual(['b'])
      pass(5_000)
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      expect(await newest()).toMatchObject({ kind: 'held', draft_id: 'a', from_id: null, to_id: '71' })
    })

    it('of two readings of one draft count the one sent later', async () => {
      const early = await world.reading(draftOf('a', held('71')))
      pass(100)
      const late = await world.reading(draftOf('a', held('72')))
      await world.sweep([], { readings: [late, early], startedAt: 1_000_000 })
      expect(await world.all()).toMatchObject([{ to_id: '72' }])
    })

    it('write the gap between two that lie too far apart, before what happened in it', async () => {
      await world.sweep([draftOf('a'), draftOf('b', held('71'))])
      pass(60_000)
      await world.sweep([draftOf('a', held('72')), draftOf('b', held('71'))])
      expect((await world.all()).slice(1)).toMatchObject([
        { kind: 'gap', draft_id: null, at_after: 1_000_000, at_by: 1_060_000 },
        { kind: 'held', draft_id: 'a', known: 'unwatched', at_after: 1_000_000, at_by: 1_060_010 },
      ])
    })

    it('know a change as unwatched too where a direct reading is the first after a gap', async () => {
      await world.sweep([draftOf('a')])
      pass(60_000)
      await world.read(draftOf('a', held('71')))
      pass(100)
      await world.sweep([draftOf('a', held('71'))])
      expect(await world.all()).toMatchObject([{ kind: 'held', known: 'unwatched' }, { kind: 'gap' }])
    })

    it('write no gap before a complete one, and measure it by the pace that was in force', async () => {
      await world.sweep([draftOf('a')], { paceMs: 20_000 })
      pass(60_000)
      await world.sweep([draftOf('a')], { paceMs: 5_000 })
      pass(30_000)
      await world.sweep([draftOf('a')], { isComplete: false })
      expect(await kinds()).toEqual([])
      pass(1_000)
      await world.sweep([draftOf('a')])
      expect(await world.all()).toMatchObject([{ kind: 'gap', at_after: 1_060_000, at_by: 1_091_000 }])
    })

    it('keep the pace of the last complete one: failures never lengthen it', async () => {
      await world.sweep([draftOf('a')], { paceMs: 5_000 })
      pass(5_000)
      await world.sweep([], {
        isComplete: false,
        paceMs: 60_000,
        error: { title: 'The cloud did not answer.', cause: 'no-answer', requestId: 'r' },
      })
      const [namespace] = await world.ledger.namespaces()
      expect(namespace).toMatchObject({ paceMs: 5_000, isComplete: false, sweptAt: 1_000_000 })
      expect(namespace?.error).toEqual({
        title: 'The cloud did not answer.',
        cause: 'no-answer',
        requestId: 'r',
        at: 1_005_010,
      })
    })

    it('raise the revision where drafts came, went or were described anew, and only there', async () => {
      const revision = async () => (await world.ledger.namespaces())[0]?.revision
      await world.sweep([draftOf('a'), draftOf('b')])
      expect(await revision()).toBe(1)
      pass(5_000)
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      expect(await revision()).toBe(1)
      pass(5_000)
      await world.sweep([draftOf('a', held('71')), { ...draftOf('b'), name: 'renamed' }])
      expect(await revision()).toBe(2)
      pass(5_000)
      await world.sweep([draftOf('a', held('71')), { ...draftOf('b'), name: 'renamed', modifiedAt: 1 }])
      expect(await revision()).toBe(2)
      pass(5_000)
      await world.sweep([draftOf('a', held('71'))])
      expect(await revision()).toBe(2)
      pass(5_000)
      await world.sweep([draftOf('a', held('71'))])
      expect(await revision()).toBe(3)
    })

    it('do not free what a direct read showed while the list has never carried a lock', async () => {
      await world.sweep([draftOf('a'), draftOf('b')])
      await world.read(draftOf('a', held('71')))
      pass(5_000)
      await world.sweep([draftOf('a'), draftOf('b')])
      expect((await world.ledger.draft(refOf('a')))?.lock?.holder.id).toBe('71')
      pass(5_000)
      await world.sweep([draftOf('a'), draftOf('b', held('72'))])
      expect((await world.ledger.draft(refOf('a')))?.lock).toBeNull()
    })
  })

  describe('lists that are silent about locks', () => {
    beforeEach(async () => {
      await world.sweep([draftOf('a'), draftOf('b')])
      pass(5_000)
      await world.read(draftOf('a', held('71')))
      pass(5_000)
    })

    it('still tell the names of what a direct read showed held', async () => {
      await world.sweep([{ ...draftOf('a'), name: 'renamed' }, draftOf('b')])
      expect(await stateOf('a')).toMatchObject({ name: 'renamed', lock: { holder: { id: '71' } } })
    })

    it('still prove that it is there', async () => {
      for (const drafts of [['b'], ['a', 'b'], ['b']]) {
        await world.sweep(drafts.map(id => draftOf(id)))
        pass(5_000)
      }
      expect((await stateOf('a')).deletedAt).toBeNull()
    })

    it('are remembered to carry locks once one has', async () => {
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      pass(5_000)
      await world.sweep([draftOf('a'), draftOf('b')])
      expect((await stateOf('a')).lock).toBeNull()
    })
  })

  describe('old news', () => {
    it('of a page that was asked for before a take does not undo it', async () => {
      await world.sweep([draftOf('a'), draftOf('b', held('71'))])
      pass(5_000)
      const head = await world.ledger.head()
      const page = [await world.reading(draftOf('a')), await world.reading(draftOf('b', held('71')))]
      const startedAt = world.clock.now
      pass(1_000)
      const intent = await openIntent()
      await world.ledger.closeIntent(intent, end({ outcome: 'taken', got: got('read-back') }))
      pass(1_000)
      await world.sweep([], { readings: page, head, startedAt })
      expect((await world.ledger.draft(refOf('a')))?.lock?.claim?.personId).toBe('bo')
      pass(5_000)
      await world.sweep([draftOf('a'), draftOf('b', held('71'))])
      expect(await newest()).toMatchObject({ kind: 'freed', draft_id: 'a', from_claim: 'bo', at_after: 1_006_000 })
    })

    it('of a page that was asked for while a take was under way does not count either', async () => {
      await world.sweep([draftOf('a'), draftOf('b', held('71'))])
      const intent = await openIntent()
      pass(100)
      await world.sweep([draftOf('a', held('svc')), draftOf('b', held('71'))])
      expect((await world.ledger.draft(refOf('a')))?.lock).toBeNull()
      await world.ledger.closeIntent(intent, end({ outcome: 'taken', got: got('read-back') }))
      expect(await newest()).toMatchObject({ kind: 'held', how: 'lockdesk', actor_id: 'bo', intent_id: intent.id })
    })

    it('does not vouch for the time of what it could not tell', async () => {
      await world.sweep([draftOf('a'), draftOf('b', held('71'))])
      const intent = await openIntent()
      pass(5_000)
      await world.sweep([draftOf('a', held('72')), draftOf('b', held('71'))])
      await world.ledger.closeIntent(intent, end({ outcome: 'refused' }))
      pass(5_000)
      await world.sweep([draftOf('a', held('72')), draftOf('b', held('71'))])
      expect(await newest()).toMatchObject({ kind: 'held', to_id: '72', at_after: 1_000_000 })
    })
  })

  describe('takes', () => {
    beforeEach(async () => {
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      pass(1_000)
    })

    it('write the intent first and the transition as its end', async () => {
      const intent = await openIntent()
      expect(await newest()).toMatchObject({
        kind: 'intent',
        id: intent.id,
        actor_id: 'bo',
        from_id: '71',
        to_id: '71',
      })
      const { closing, draft } = await world.ledger.closeIntent(
        intent,
        end({ outcome: 'taken', got: got('read-back') }),
      )
      expect(closing).toMatchObject({
        kind: 'changed',
        how: 'lockdesk',
        known: 'exact',
        from_id: '71',
        to_id: 'svc',
        to_claim: 'bo',
        reason: 'late fix',
        outcome: 'taken',
        intent_id: intent.id,
        identity: 'svc',
        at_after: 1_001_000,
        at_by: 1_001_020,
      })
      expect(draft.lock).toMatchObject({ known: 'exact', claim: { personId: 'bo', reason: 'late fix' } })
      expect(draft.intents).toEqual([])
    })

    it('that were taken and lost again are two transitions', async () => {
      const intent = await openIntent()
      const readBack = { kind: 'draft' as const, reading: await world.reading(draftOf('a', held('73'))) }
      const taken = end({ outcome: 'held-by-other', got: got('answer'), readBack })
      const { closing } = await world.ledger.closeIntent(intent, taken)
      expect(closing).toMatchObject({ kind: 'changed', to_id: 'svc', outcome: 'held-by-other', intent_id: intent.id })
      expect(await newest()).toMatchObject({
        kind: 'changed',
        how: 'observed',
        from_id: 'svc',
        to_id: '73',
        to_claim: null,
      })
    })

    it('that came to nothing are attempts, and what the read back showed is kept', async () => {
      const intent = await openIntent()
      const readBack = { kind: 'draft' as const, reading: await world.reading(draftOf('a', held('73'))) }
      const { closing, draft } = await world.ledger.closeIntent(intent, end({ outcome: 'held-by-other', readBack }))
      expect(closing).toMatchObject({ kind: 'attempt', from_id: '71', to_id: '73', outcome: 'held-by-other' })
      expect(draft.lock?.holder.id).toBe('73')
      expect(await kinds()).toEqual(['held', 'intent', 'changed', 'attempt'])
    })

    it('of a draft that turned out to be gone are attempts', async () => {
      const intent = await openIntent()
      const { closing } = await world.ledger.closeIntent(
        intent,
        end({ outcome: 'refused', readBack: { kind: 'gone' } }),
      )
      expect(closing).toMatchObject({ kind: 'attempt', outcome: 'draft-gone' })
    })

    it('that only the answer confirmed are not undone by reads that lag behind, and are by later ones', async () => {
      const intent = await openIntent()
      const readBack = { kind: 'draft' as const, reading: await world.reading(draftOf('a', held('71'))) }
      await world.ledger.closeIntent(intent, end({ outcome: 'taken', got: got('answer'), readBack }))
      pass(2_000)
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      expect((await world.ledger.draft(refOf('a')))?.lock?.holder.id).toBe('svc')
      pass(10_000)
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      expect(await newest()).toMatchObject({ kind: 'changed', from_id: 'svc', to_id: '71', known: 'bounded' })
    })

    it('that ended unknown are settled by the first reading that names their identity', async () => {
      const intent = await openIntent()
      const { closing, draft } = await world.ledger.closeIntent(intent, end({ outcome: 'unknown', requestId: 'r-1' }))
      expect(closing).toMatchObject({ kind: 'attempt', outcome: 'unknown', intent_id: intent.id })
      expect(draft.intents).toMatchObject([{ intentId: intent.id, isPending: true, identityIds: ['svc'] }])
      pass(1_000)
      await world.sweep([draftOf('a', held('svc')), draftOf('b')])
      expect(await newest()).toMatchObject({
        kind: 'changed',
        how: 'lockdesk',
        known: 'exact',
        actor_id: 'bo',
        to_claim: 'bo',
        outcome: 'taken',
        intent_id: intent.id,
        request_id: 'r-1',
        at_after: 1_001_000,
        at_by: 1_002_010,
      })
      expect((await world.ledger.draft(refOf('a')))?.intents).toEqual([])
    })

    it('that ended unknown are settled as not taken only ten seconds after their time limit', async () => {
      const intent = await openIntent()
      await world.ledger.closeIntent(intent, end({ outcome: 'unknown' }))
      pass(19_999)
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      expect((await world.ledger.draft(refOf('a')))?.intents).toHaveLength(1)
      pass(1)
      await world.sweep([draftOf('a', held('71')), draftOf('b')])
      expect(await newest()).toMatchObject({ kind: 'attempt', outcome: 'not-taken', intent_id: intent.id })
      expect((await world.ledger.draft(refOf('a')))?.intents).toEqual([])
    })

    it('that an earlier process left without an end are pending from the start on, and settled by what is read', async () => {
      const intent = await openIntent()
      const again = await laterProcess()
      expect((await again.draft(refOf('a')))?.intents).toMatchObject([{ intentId: intent.id, isPending: true }])
      pass(1)
      await again.observeReading(place, await world.reading(draftOf('a', held('svc'))))
      expect(await newest()).toMatchObject({ kind: 'changed', to_claim: 'bo', outcome: 'taken', intent_id: intent.id })
    })

    it('move a claim without a word to the cloud', async () => {
      await world.ledger.closeIntent(await openIntent(), end({ outcome: 'taken', got: got('read-back') }))
      pass(1_000)
      const { closing, draft } = await world.ledger.moveClaim(await stateOf('a'), ada, 'mine now', world.clock.now)
      expect(closing).toMatchObject({
        kind: 'changed',
        from_id: 'svc',
        to_id: 'svc',
        from_claim: 'bo',
        to_claim: 'ada',
      })
      expect(closing).toMatchObject({ outcome: 'taken', intent_id: null, actor_id: 'ada' })
      expect(draft.lock?.claim).toMatchObject({ personId: 'ada', reason: 'mine now' })
      expect(draft.lock).toMatchObject({ known: 'exact', since: { after: 1_002_000, by: 1_002_000 } })
    })

    it('keep both texts of a reason, and the time of the hold', async () => {
      await world.ledger.closeIntent(await openIntent(), end({ outcome: 'taken', got: got('read-back') }))
      const since = (await world.ledger.draft(refOf('a')))?.lock?.since
      pass(1_000)
      const { closing, draft } = await world.ledger.changeReason(await stateOf('a'), actor, 'another text')
      expect(closing).toMatchObject({
        kind: 'changed',
        from_id: 'svc',
        to_id: 'svc',
        reason: 'another text',
        outcome: null,
      })
      expect(draft.lock).toMatchObject({ since, claim: { reason: 'another text' } })
      expect((await world.all()).map(({ reason }) => reason)).toContain('late fix')
    })

    it('end the claim when the cloud issued the lock anew', async () => {
      await world.ledger.closeIntent(await openIntent(), end({ outcome: 'taken', got: got('read-back', 'ours') }))
      pass(1_000)
      await world.sweep([draftOf('a', held('svc', 'another')), draftOf('b')])
      expect(await newest()).toMatchObject({
        kind: 'changed',
        how: 'observed',
        from_claim: 'bo',
        to_claim: null,
        actor_id: null,
      })
      expect((await world.ledger.draft(refOf('a')))?.lock?.claim).toBeNull()
    })

    it('take the lock id from the first reading where the answer had none', async () => {
      const nameless = { ...got('read-back'), lockId: null }
      await world.ledger.closeIntent(await openIntent(), end({ outcome: 'taken', got: nameless }))
      pass(1_000)
      await world.sweep([draftOf('a', held('svc', 'one')), draftOf('b')])
      pass(1_000)
      await world.sweep([draftOf('a', held('svc', 'two')), draftOf('b')])
      expect(await newest()).toMatchObject({ kind: 'changed', to_claim: null })
    })

    it('are not written where the draft does not stand as it was judged', async () => {
      const seen = await stateOf('a')
      pass(1_000)
      await world.sweep([draftOf('a', held('72')), draftOf('b')])
      const intent = { ref: refOf('a'), before: seen, actor, identityIds: ['svc'], timeoutMs: 10_000 }
      await expect(world.ledger.openIntent(intent)).rejects.toBeInstanceOf(DraftMoved)
      await expect(world.ledger.moveClaim(seen, ada, undefined, 1)).rejects.toBeInstanceOf(DraftMoved)
      await expect(world.ledger.changeReason(seen, actor, 'x')).rejects.toMatchObject({
        draft: { lock: { holder: { id: '72' } } },
      })
      expect(await kinds()).toEqual(['held', 'changed'])
    })

    it('that ended unknown stay unknown where a later one of the same identity gets the lock', async () => {
      const first = await openIntent()
      await world.ledger.closeIntent(first, end({ outcome: 'unknown' }))
      const second = await openIntent()
      const { draft } = await world.ledger.closeIntent(second, end({ outcome: 'taken', got: got('read-back') }))
      expect(draft.intents).toEqual([])
      expect((await world.all()).slice(-2)).toMatchObject([
        { kind: 'changed', outcome: 'taken', intent_id: second.id },
        { kind: 'attempt', outcome: 'unknown', intent_id: first.id },
      ])
      pass(60_000)
      await world.sweep([draftOf('a'), draftOf('b')])
      expect((await world.all()).filter(({ outcome }) => outcome === 'not-taken')).toEqual([])
    })

    it('that ended unknown, two of them, are settled by a reading that names their identity: one as taken, of the other nothing is claimed', async () => {
      const first = await openIntent()
      await world.ledger.closeIntent(first, end({ outcome: 'unknown' }))
      const second = await openIntent()
      await world.ledger.closeIntent(second, end({ outcome: 'unknown' }))
      pass(1)
      await world.sweep([draftOf('a', held('svc')), draftOf('b')])
      expect((await world.all()).slice(-2)).toMatchObject([
        { kind: 'changed', outcome: 'taken', intent_id: first.id },
        { kind: 'attempt', outcome: 'unknown', intent_id: second.id },
      ])
      expect((await stateOf('a')).intents).toEqual([])
    })

    it('that ended unknown are not settled by a list that is silent about locks', async () => {
      await world.close()
      world = await ledgerOn(await kind.open())
      await world.sweep([draftOf('a'), draftOf('b')])
      const intent = await openIntent()
      await world.ledger.closeIntent(intent, end({ outcome: 'unknown' }))
      pass(60_000)
      await world.sweep([draftOf('a'), draftOf('b')])
      expect((await stateOf('a')).intents).toHaveLength(1)
      await world.read(draftOf('a', held('svc')))
      expect(await newest()).toMatchObject({ kind: 'held', outcome: 'taken', intent_id: intent.id })
    })

    it('show what is held meanwhile, before they are settled', async () => {
      await world.ledger.closeIntent(await openIntent(), end({ outcome: 'unknown' }))
      pass(500)
      expect((await world.read(draftOf('a', held('73')))).lock?.holder.id).toBe('73')
      expect((await stateOf('a')).intents).toHaveLength(1)
    })

    it('learn the lock id of a claim from the first reading where only the answer confirmed them', async () => {
      await world.ledger.closeIntent(await openIntent(), end({ outcome: 'taken', got: got('answer', 'of the answer') }))
      pass(1_000)
      await world.sweep([draftOf('a', held('svc', 'of the list')), draftOf('b')])
      expect((await stateOf('a')).lock?.claim?.personId).toBe('bo')
      pass(1_000)
      await world.sweep([draftOf('a', held('svc', 'another')), draftOf('b')])
      expect((await stateOf('a')).lock?.claim).toBeNull()
    })

    it('of an earlier process are pending from its restart on', async () => {
      const intent = await openIntent()
      const again = await laterProcess()
      expect((await again.draft(refOf('a')))?.intents).toMatchObject([{ intentId: intent.id, isPending: true }])
    })

    it('are told of by listeners in the order of their numbers', async () => {
      const heard: number[] = []
      const stop = world.ledger.onCommit(entries => heard.push(...entries.map(({ number }) => number)))
      await Promise.all([
        openIntent('a'),
        openIntent('b'),
        world.ledger.recordSetting('role viewer in * given to vi', 'ada'),
      ])
      stop()
      await world.ledger.recordSetting('unheard', null)
      expect(heard).toEqual([2, 3, 4])
      expect(await world.ledger.head()).toBe(5)
    })
  })
})

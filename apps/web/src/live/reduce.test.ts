import type { BoardDraft, Holder, LockEvent } from '@lockdesk/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyFreshness, applyLockEvent, type LiveBoard } from './reduce.ts'
import {
  lin,
  mei,
  sampleBoard,
  sampleDraft,
  sampleEvent,
  sampleFreshness,
  sampleLock,
  sampleMe,
  service,
} from './sample-board.ts'

const me = sampleMe('editor')
const start = (drafts: BoardDraft[]): LiveBoard => ({ board: sampleBoard(drafts), head: 0 })
const rowOf = ({ board }: LiveBoard, draftId: string) => board.drafts.find(({ ref }) => ref.draftId === draftId)
const follow = (state: LiveBoard, events: readonly LockEvent[]) =>
  events.reduce((now, event) => applyLockEvent(now, event, me).next, state)

describe('an entry of the stream', () => {
  it('shows who holds a draft, since when and how it is known', () => {
    const event = sampleEvent(1, 'a')
    const step = applyLockEvent(start([sampleDraft('a')]), event, me)
    expect(rowOf(step.next, 'a')?.lock).toEqual({
      holder: { ...lin, self: false },
      seenSince: event.at,
      known: 'bounded',
      overdueAt: new Date(Date.parse(event.at.by) + 9 * 3_600_000).toISOString(),
      claim: null,
    })
    expect(rowOf(step.next, 'a')?.may).toEqual({ take: false, takeOver: true })
    expect(step).toMatchObject({ changed: 'w1/trade/a', mustRead: false })
  })

  it('makes the row free, and free to take', () => {
    const held = sampleDraft('a', { lock: sampleLock(lin), may: { take: false, takeOver: true } })
    const { next } = applyLockEvent(start([held]), sampleEvent(1, 'a', { kind: 'freed', from: lin, to: null }), me)
    expect(rowOf(next, 'a')).toMatchObject({ lock: null, may: { take: true, takeOver: false } })
  })

  it('makes the shared holder the viewer’s only together with the viewer’s claim', () => {
    const mine = { by: { id: 'bo', name: 'Bo Chen' }, at: '2026-11-25T08:00:00.000Z' }
    const theirs = { by: { id: 'lin', name: 'Lin Wei' }, at: '2026-11-25T08:00:00.000Z' }
    const took = (claim: typeof mine | undefined, number: number) =>
      sampleEvent(number, 'a', { to: service, how: 'lockdesk', known: 'exact', ...(claim && { claim }) })
    const selfAfter = (event: LockEvent) => rowOf(applyLockEvent(start([sampleDraft('a')]), event, me).next, 'a')
    expect(selfAfter(took(mine, 1))).toMatchObject({ lock: { holder: { self: true } }, may: { whyCode: 'yours' } })
    expect(selfAfter(took(theirs, 1))).toMatchObject({ lock: { holder: { self: false } }, may: { takeOver: true } })
    expect(selfAfter(took(undefined, 1))?.lock?.holder.self).toBe(false)
  })

  it('keeps the hold where only its reason was changed', () => {
    const claim = { by: { id: 'bo', name: 'Bo Chen' }, at: '2026-11-25T07:00:00.000Z', reason: 'old' }
    const lock = sampleLock(service, { claim, known: 'exact' })
    const event = sampleEvent(1, 'a', {
      kind: 'changed',
      how: 'lockdesk',
      from: service,
      to: service,
      claim: { ...claim, reason: 'new' },
    })
    const after = rowOf(applyLockEvent(start([sampleDraft('a', { lock })]), event, me).next, 'a')?.lock
    expect(after).toMatchObject({ seenSince: lock.seenSince, known: 'exact', claim: { reason: 'new' } })
  })

  it('begins a hold where the holder before was a namesake: a take that was lost again names no outcome `taken`', () => {
    const lock = sampleLock({ ...lin, name: service.name })
    const event = sampleEvent(1, 'a', { kind: 'changed', how: 'lockdesk', outcome: 'held-by-other', to: service })
    const after = rowOf(applyLockEvent(start([sampleDraft('a', { lock })]), event, me).next, 'a')?.lock
    expect(after).toMatchObject({ holder: { id: service.id }, seenSince: event.at })
  })

  it('settles what was pending', () => {
    const pending = sampleDraft('a', { pending: { since: '2026-11-25T07:59:00.000Z' } })
    const settled = sampleEvent(1, 'a', { kind: 'attempt', to: null, outcome: 'not-taken', intentId: 'i' })
    expect(rowOf(applyLockEvent(start([pending]), settled, me).next, 'a')).not.toHaveProperty('pending')
    expect(rowOf(applyLockEvent(start([pending]), sampleEvent(1, 'a'), me).next, 'a')).not.toHaveProperty('pending')
  })

  it('takes a deleted draft from the board', () => {
    const { next } = applyLockEvent(
      start([sampleDraft('a'), sampleDraft('b')]),
      sampleEvent(1, 'a', { kind: 'deleted', from: null, to: null }),
      me,
    )
    expect(next.board).toMatchObject({ total: 1, drafts: [{ ref: { draftId: 'b' } }] })
  })

  it('asks for the board where it tells of a draft that is not on it, of a take without an end, or of settings', () => {
    const state = start([sampleDraft('a')])
    expect(applyLockEvent(state, sampleEvent(1, 'unknown'), me).mustRead).toBe(true)
    expect(applyLockEvent(state, sampleEvent(1, 'a', { kind: 'attempt', outcome: 'unknown' }), me).mustRead).toBe(true)
    expect(applyLockEvent(state, sampleEvent(1, 'a', { kind: 'setting' }), me).mustRead).toBe(true)
  })

  it('learns when a hold becomes overdue from the rule of its namespace', () => {
    const { next } = applyLockEvent(start([sampleDraft('a')]), sampleEvent(60, 'a'), me)
    expect(rowOf(next, 'a')?.lock?.overdueAt).toBe('2026-11-25T17:01:00.000Z')
  })

  it('is about the draft of its own workspace and namespace, whatever its id', () => {
    const a = sampleDraft('a')
    const namesakes = [
      sampleDraft('a', { ref: { ...a.ref, workspace: 'w2' } }),
      sampleDraft('a', { ref: { ...a.ref, namespace: 'risk' } }),
    ]
    const { next } = applyLockEvent(start([...namesakes, a]), sampleEvent(1, 'a'), me)
    expect(next.board.drafts.map(({ lock }) => lock?.holder.id)).toEqual([undefined, undefined, lin.id])
  })

  it('leaves every other row untouched, down to its identity', () => {
    const state = start([sampleDraft('a'), sampleDraft('b')])
    const { next } = applyLockEvent(state, sampleEvent(1, 'a'), me)
    expect(next.board.drafts[1]).toBe(state.board.drafts[1])
  })
})

const ids = ['a', 'b', 'c']
const holders: (Holder | null)[] = [null, lin, mei, service]

/** A ledger's worth of transitions, each fitting the one before it for the same draft. */
const ledger = fc
  .array(fc.record({ draft: fc.nat(2), holder: fc.nat(3), gap: fc.nat(3) }), { maxLength: 40 })
  .map(moves => {
    const now = new Map<string, Holder | null>()
    let number = 0
    return moves.flatMap(({ draft, holder, gap }): LockEvent[] => {
      const id = ids[draft] ?? 'a'
      const from = now.get(id) ?? null
      const to = holders[holder] ?? null
      number += 1 + gap
      if (from?.id === to?.id) return []
      now.set(id, to)
      return [sampleEvent(number, id, { kind: to === null ? 'freed' : from === null ? 'held' : 'changed', from, to })]
    })
  })
const fresh = () => start(ids.map(id => sampleDraft(id)))

describe('a stream', () => {
  it('ends with the board that a fresh reading would show', () => {
    fc.assert(
      fc.property(ledger, events => {
        const shown = follow(fresh(), events).board.drafts.map(({ ref, lock }) => [
          ref.draftId,
          lock?.holder.id,
          lock?.seenSince,
        ])
        const truth = ids.map(id => {
          const last = events.findLast(({ ref }) => ref.draftId === id)
          return [id, last?.to?.id, last?.to ? last.at : undefined]
        })
        expect(shown).toEqual(truth)
      }),
    )
  })

  it('does nothing when entries come twice, or old ones come again', () => {
    fc.assert(
      fc.property(ledger, fc.infiniteStream(fc.nat(3)), (events, again) => {
        const noisy = events.flatMap((event, index) => {
          const back = again.next().value
          return [event, event, ...events.slice(Math.max(0, index - back), index)]
        })
        expect(follow(fresh(), noisy)).toEqual(follow(fresh(), events))
      }),
    )
  })

  it('ends the same wherever the reading of the board falls between the entries', () => {
    fc.assert(
      fc.property(ledger, fc.nat(40), fc.nat(40), (events, a, b) => {
        const [read, from] = [Math.min(Math.max(a, b), events.length), Math.min(a, b, events.length)]
        // A reading that already holds the first `read` entries; the stream repeats from `from`, which is older.
        const reading = { ...follow(fresh(), events.slice(0, read)), head: 0 }
        expect(follow(reading, events.slice(from)).board).toEqual(follow(fresh(), events).board)
      }),
    )
  })
})

describe('freshness', () => {
  it('takes the place of what was known of the namespace', () => {
    const stale = sampleFreshness('trade', { state: 'stale', error: { title: '503', at: '2026-11-25T08:00:00.000Z' } })
    expect(applyFreshness(sampleBoard([sampleDraft('a')]), stale, me)?.namespaces).toEqual([stale])
  })

  it('takes the right to take over away where the policy becomes hard', () => {
    const held = sampleDraft('a', { lock: sampleLock(lin), may: { take: false, takeOver: true } })
    const after = applyFreshness(sampleBoard([held]), sampleFreshness('trade', { policy: 'hard' }), me)
    expect(after?.drafts[0]?.may).toEqual({ take: false, takeOver: false, whyCode: 'policy' })
  })

  it('asks for the board when a namespace is new, or its drafts are others than before', () => {
    const board = sampleBoard([], [sampleFreshness('trade', { state: 'never', lastSweepAt: null, revision: 0 })])
    expect(applyFreshness(board, sampleFreshness('risk'), me)).toBeUndefined()
    expect(applyFreshness(board, sampleFreshness('trade'), me)).toBeUndefined()
  })
})

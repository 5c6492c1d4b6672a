import { describe, expect, it } from 'vitest'
import {
  type JudgedReading,
  type KnownDraft,
  type KnownIntent,
  judgeReading,
  mayBelieveAbsence,
  settleAfterMs,
} from './judge-reading.ts'

const me = 'svc'
const lin = { id: '71', name: 'Lin' }
const lock = (holderId: string, id = `lock-of-${holderId}`) => ({ id, holderId, holderName: holderId })

const known = (facts: Partial<KnownDraft> = {}): KnownDraft => ({
  holder: null,
  claim: null,
  isHeldByRead: false,
  lastNumber: 5,
  readAt: null,
  echo: null,
  intents: [],
  ...facts,
})
const reading = (facts: Partial<JudgedReading> = {}): JudgedReading => ({
  lock: null,
  head: 10,
  sentAt: 100_000,
  source: 'list',
  ...facts,
})
const intent = (facts: Partial<KnownIntent> = {}): KnownIntent => ({
  id: 'intent',
  number: 6,
  identityIds: [me],
  openedAt: 50_000,
  deadline: 60_000,
  isPending: true,
  ...facts,
})

describe('news', () => {
  it('is another holder', () => {
    expect(judgeReading(known(), reading({ lock: lock('71') })).kind).toBe('transition')
    expect(judgeReading(known({ holder: lin }), reading()).kind).toBe('transition')
  })

  it('is another id under the same name, and not another name under the same id', () => {
    const other = { id: 'x', holderId: '72', holderName: 'Lin' }
    const renamed = { id: 'x', holderId: '71', holderName: 'Lin Wei' }
    expect(judgeReading(known({ holder: lin }), reading({ lock: other })).kind).toBe('transition')
    expect(judgeReading(known({ holder: lin }), reading({ lock: renamed })).kind).toBe('same')
  })

  it('is the end of a claim where the lock was issued anew to the same holder', () => {
    const held = known({ holder: { id: me, name: me }, claim: { lockId: 'first' } })
    expect(judgeReading(held, reading({ lock: lock(me, 'second') })).kind).toBe('claim-ended')
    expect(judgeReading(held, reading({ lock: lock(me, 'first') })).kind).toBe('same')
    expect(judgeReading(held, reading({ lock: { ...lock(me), id: null } })).kind).toBe('same')
    expect(judgeReading({ ...held, claim: null }, reading({ lock: lock(me, 'second') })).kind).toBe('same')
  })
})

describe('old news', () => {
  it('is a reading whose request was sent before the last transition or intent was written', () => {
    expect(judgeReading(known({ lastNumber: 11 }), reading({ lock: lock('71') })).kind).toBe('leave')
    expect(judgeReading(known({ lastNumber: 10 }), reading({ lock: lock('71') })).kind).toBe('transition')
  })

  it('is a reading sent before another one that counted', () => {
    expect(judgeReading(known({ readAt: 100_001 }), reading({ lock: lock('71') })).kind).toBe('leave')
    expect(judgeReading(known({ readAt: 100_000 }), reading({ lock: lock('71') })).kind).toBe('transition')
  })

  it('is everything while a take is under way, until the process that began it must have died', () => {
    const underWay = intent({ isPending: false })
    const at = (sentAt: number) =>
      judgeReading(known({ intents: [underWay] }), reading({ lock: lock('71'), sentAt })).kind
    expect(at(55_000)).toBe('leave')
    expect(at(60_000 + 10_000 + settleAfterMs - 1)).toBe('leave')
    expect(at(60_000 + 10_000 + settleAfterMs)).toBe('transition')
  })

  it('is an echo of the time before a take that only the answer confirmed', () => {
    const taken = known({ holder: { id: me, name: me }, echo: { until: 110_000, holderIds: ['71', null] } })
    const seen = (holderId: string | null, sentAt = 100_000) =>
      judgeReading(taken, reading({ lock: holderId === null ? null : lock(holderId), sentAt })).kind
    expect(seen('71')).toBe('leave')
    expect(seen(null)).toBe('leave')
    expect(seen('72')).toBe('transition')
    expect(seen(me)).toBe('same')
    expect(seen('71', 110_000)).toBe('transition')
  })
})

describe('silence of a list', () => {
  it('frees nothing that a direct read showed, until a list has carried a lock', () => {
    const held = known({ holder: lin, isHeldByRead: true })
    expect(judgeReading(held, reading({ source: 'list-without-locks' })).kind).toBe('presence')
    const pending = known({ intents: [intent()], lastNumber: 6 })
    expect(judgeReading(pending, reading({ source: 'list-without-locks', sentAt: 900_000 })).kind).toBe('presence')
    expect(judgeReading(held, reading({ source: 'list' })).kind).toBe('transition')
    expect(judgeReading(held, reading({ source: 'read' })).kind).toBe('transition')
  })
})

describe('a pending intent', () => {
  const pending = intent()
  const notTaken = { intent: pending, outcome: 'not-taken' }
  const judge = (holderId: string | null, sentAt: number) =>
    judgeReading(
      known({ holder: lin, intents: [pending], lastNumber: 6 }),
      reading({ lock: holderId === null ? null : lock(holderId), sentAt }),
    )

  it('is settled as taken by the first reading that names its identity', () => {
    expect(judge(me, 50_001)).toEqual({ kind: 'transition', takenBy: pending, ended: [] })
    expect(judge(me, 900_000)).toEqual({ kind: 'transition', takenBy: pending, ended: [] })
  })

  it('is not behind a holder of another identity', () => {
    expect(judge('72', 60_000)).toEqual({ kind: 'transition', takenBy: null, ended: [] })
    expect(judge('72', 60_000 + settleAfterMs)).toEqual({ kind: 'transition', takenBy: null, ended: [notTaken] })
  })

  it('is not settled by a reading that began before it was written', () => {
    const early = judgeReading(
      known({ holder: lin, intents: [pending], lastNumber: 6 }),
      reading({ lock: lock(me), head: 5 }),
    )
    expect(early.kind).toBe('leave')
  })

  it('was overtaken where its identity is named and somebody else of it got the lock: nobody will ever tell', () => {
    const unknown = { intent: pending, outcome: 'unknown' }
    const mine = known({ holder: { id: me, name: me }, intents: [pending], lastNumber: 6 })
    expect(judgeReading(mine, reading({ lock: lock(me) }))).toEqual({ kind: 'same', ended: [unknown] })
    const earlier = intent({ id: 'earlier' })
    const both = known({ holder: lin, intents: [earlier, pending], lastNumber: 6 })
    expect(judgeReading(both, reading({ lock: lock(me) }))).toEqual({
      kind: 'transition',
      takenBy: earlier,
      ended: [unknown],
    })
  })

  it('is not settled early by another one that took the lock', () => {
    const other = intent({ id: 'other', identityIds: ['other'] })
    const both = known({ holder: lin, intents: [pending, other], lastNumber: 6 })
    const at = (sentAt: number) => judgeReading(both, reading({ lock: lock(me), sentAt }))
    expect(at(60_000)).toEqual({ kind: 'transition', takenBy: pending, ended: [] })
    const ended = [{ intent: other, outcome: 'not-taken' }]
    expect(at(60_000 + settleAfterMs)).toEqual({ kind: 'transition', takenBy: pending, ended })
  })

  it('is settled as not taken only by a reading that began long enough after its time limit', () => {
    expect(judge('71', 59_999)).toEqual({ kind: 'same', ended: [] })
    expect(judge('72', 59_999)).toEqual({ kind: 'transition', takenBy: null, ended: [] })
    expect(judge('71', 60_000 + settleAfterMs - 1)).toEqual({ kind: 'same', ended: [] })
    expect(judge('71', 60_000 + settleAfterMs)).toEqual({ kind: 'same', ended: [notTaken] })
    expect(judge(null, 60_000 + settleAfterMs)).toEqual({ kind: 'transition', takenBy: null, ended: [notTaken] })
  })
})

describe('absence', () => {
  it('is believed where nothing newer is known', () => {
    const list = { head: 10, sentAt: 100_000 }
    expect(mayBelieveAbsence(known(), list)).toBe(true)
    expect(mayBelieveAbsence(known({ lastNumber: 11 }), list)).toBe(false)
    expect(mayBelieveAbsence(known({ readAt: 100_001 }), list)).toBe(false)
    expect(mayBelieveAbsence(known({ intents: [intent({ isPending: false, deadline: 101_000 })] }), list)).toBe(false)
    expect(mayBelieveAbsence(known({ intents: [intent({ deadline: 95_000 })] }), list)).toBe(false)
    expect(mayBelieveAbsence(known({ intents: [intent()] }), list)).toBe(true)
  })
})

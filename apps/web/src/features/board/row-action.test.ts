import type { BoardDraft } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import { lin, sampleDraft, sampleLock, sampleMe, service } from '../../live/sample-board.ts'
import { act, actionOf, identityName, whyNot } from './row-action.ts'

const me = sampleMe('editor')
const nothing = { take: false, takeOver: false }

describe('the one action of a row', () => {
  it('is to take what is free, to ask before taking over, and to open one’s own', () => {
    expect(actionOf(sampleDraft('a'), me)).toBe('take')
    const held = sampleDraft('a', { lock: sampleLock(lin), may: { take: false, takeOver: true } })
    expect(actionOf(held, me)).toBe('take-over')
    const claim = { by: me.person, at: '2026-11-25T07:00:00.000Z' }
    expect(actionOf(sampleDraft('a', { lock: sampleLock(service, { claim }), may: nothing }), me)).toBe('open')
  })

  it('is none for whoever may not, with the reason at hand', () => {
    const viewers = sampleDraft('a', { may: { ...nothing, whyCode: 'role' } })
    expect(actionOf(viewers, me)).toBeNull()
    expect(whyNot(viewers)).toBe('role')
    const hard = sampleDraft('a', { lock: sampleLock(lin), may: { ...nothing, whyCode: 'policy' } })
    expect(actionOf(hard, me)).toBeNull()
    expect(whyNot(hard)).toBe('policy')
  })

  it('is none for a draft that is gone', () => {
    expect(actionOf(sampleDraft('a', { deletedAt: '2026-11-25T07:00:00.000Z' }), me)).toBeNull()
  })

  it('is asked of whoever takes locks, once, and nothing is asked where there is none', () => {
    const asked: string[] = []
    const desk = {
      taking: new Set<string>(),
      take: ({ name }: BoardDraft) => void asked.push(`take ${name}`),
      takeOver: ({ name }: BoardDraft) => void asked.push(`take over ${name}`),
    }
    act(sampleDraft('a'), me, desk)
    act(sampleDraft('b', { lock: sampleLock(lin), may: { take: false, takeOver: true } }), me, desk)
    act(sampleDraft('c', { may: nothing }), me, desk)
    expect(asked).toEqual(['take draft_a', 'take over draft_b'])
  })

  it('tells as whom the cloud will name the taker', () => {
    expect(identityName(me, 'w1')).toBe('svc-lockdesk')
    expect(identityName(me, 'elsewhere')).toBeNull()
  })
})

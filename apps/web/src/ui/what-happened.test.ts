import type { LockEvent } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import { lin, sampleEvent, service } from '../live/sample-board.ts'
import { whatHappened, withoutEndedIntents } from './what-happened.ts'

const event = (changes: Partial<LockEvent>) => sampleEvent(7, 'd1', { to: null, ...changes })
const say = (changes: Partial<LockEvent>) => whatHappened(event(changes))

describe('what an entry says', () => {
  it('tells what was taken here from what was seen in the cloud', () => {
    expect(say({ to: lin })).toBe('held')
    expect(say({ to: service, how: 'lockdesk' })).toBe('taken')
    expect(say({ kind: 'changed', from: lin, to: service })).toBe('changed-hands')
    expect(say({ kind: 'changed', from: lin, to: service, how: 'lockdesk' })).toBe('taken-over')
  })

  it('compares holders by id: another holder of the same name is another holder', () => {
    expect(say({ kind: 'changed', from: lin, to: { ...lin, id: '72' } })).toBe('changed-hands')
  })

  it('tells a moved claim, a changed reason and an ended claim apart', () => {
    const same = { kind: 'changed', from: service, to: service } as const
    expect(say({ ...same, how: 'lockdesk', outcome: 'taken' })).toBe('claim-moved')
    expect(say({ ...same, how: 'lockdesk' })).toBe('reason-changed')
    expect(say(same)).toBe('claim-ended')
  })

  it('tells a lost race from a take that was stopped before anything was sent', () => {
    expect(say({ kind: 'attempt', outcome: 'held-by-other', intentId: 'e0' })).toBe('lost-race')
    expect(say({ kind: 'attempt', outcome: 'held-by-other' })).toBe('stopped')
  })

  it('tells the other ends of an attempt by their outcome', () => {
    const end = (outcome: string) => say({ kind: 'attempt', outcome, intentId: 'e0' })
    expect(['refused', 'unknown', 'not-taken', 'already-yours', 'draft-gone'].map(end)).toEqual([
      'refused',
      'unknown',
      'not-taken',
      'already-yours',
      'no-change',
    ])
  })
})

describe('intents', () => {
  it('are told by their end, and by themselves while they have none', () => {
    const open = event({ id: 'e3', kind: 'intent' })
    const end = event({ id: 'e2', intentId: 'e1' })
    const intent = event({ id: 'e1', kind: 'intent' })
    expect(withoutEndedIntents([open, end, intent])).toEqual([open, end])
  })
})

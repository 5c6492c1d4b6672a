import type { LockEvent } from '@lockdesk/contract'
import { EventKind } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../i18n/sentence.ts'
import { lin, sampleEvent, service } from '../../live/sample-board.ts'
import { claimantBefore, eventSentence } from './event-sentence.ts'
import { en } from './words.en.ts'
import { zh } from './words.zh.ts'

const at = '2026-11-24T14:00:25.000Z'
const otherLin = { ...lin, id: '72' }
const bo = { id: 'p-bo', name: 'Bo Chen' }
const ada = { id: 'p-ada', name: 'Ada Okoye' }
const claimOf = (by: typeof bo) => ({ by, at })

const event = (changes: Partial<LockEvent>) => sampleEvent(7, 'd1', { to: null, ...changes })
const around = { claimantBefore: null, heldFor: null, length: '2 h 45 m' }
const say = (changes: Partial<LockEvent>, more: Partial<Parameters<typeof eventSentence>[1]> = {}) =>
  plainText(eventSentence(event(changes), { ...around, ...more }, en))

describe('an entry as a sentence', () => {
  it('says who holds it and that it was free', () => {
    expect(say({ to: lin, known: 'bounded' })).toBe('Lin Wei holds it; it was free')
  })

  it('does not say that it was free where nobody watched before', () => {
    expect(say({ to: lin, known: 'at-least' })).toBe('Lin Wei already held it when watching began')
  })

  it('says who let go, and how long it was held where that is known', () => {
    expect(say({ kind: 'freed', from: lin })).toBe('Free; Lin Wei let go')
    expect(say({ kind: 'freed', from: lin }, { heldFor: '5 m' })).toBe('Free; Lin Wei held it 5 m')
  })

  it('tells two holders of one name apart by id', () => {
    expect(say({ kind: 'changed', from: lin, to: otherLin })).toBe(
      'Lin Wei ··72 holds it now; before, Lin Wei ··71 did',
    )
  })

  it('names the person who took it, not the account that signed', () => {
    expect(say({ how: 'lockdesk', to: service, actor: bo, claim: claimOf(bo), outcome: 'taken' })).toBe(
      'Bo Chen took it; it was free',
    )
    expect(say({ how: 'lockdesk', to: service, actor: bo, token: 'ci-deploy', outcome: 'taken' })).toBe(
      'Bo Chen took it, token ci-deploy; it was free',
    )
  })

  it('names from whom it was taken over, the person behind the account first', () => {
    const over = { kind: 'changed', how: 'lockdesk', from: lin, to: service, actor: bo, outcome: 'taken' } as const
    expect(say(over)).toBe('Bo Chen took it over from Lin Wei')
    expect(say({ ...over, from: service, to: service }, { claimantBefore: ada })).toBe(
      'Bo Chen took it over from Ada Okoye within Lockdesk; the cloud keeps naming svc-lockdesk',
    )
  })

  it('tells a changed reason and an ended claim from a changed holder', () => {
    const same = { kind: 'changed', from: service, to: service } as const
    expect(say({ ...same, how: 'lockdesk', actor: bo })).toBe('Bo Chen changed the reason')
    expect(say({ ...same, how: 'observed' })).toBe('svc-lockdesk locked it anew outside Lockdesk; the claim has ended')
  })

  it('tells the ends of an attempt apart', () => {
    const attempt = { kind: 'attempt', how: 'lockdesk', actor: bo, intentId: 'e0' } as const
    expect(say({ ...attempt, outcome: 'held-by-other', to: lin })).toBe('Bo Chen tried to take it; Lin Wei has it')
    expect(say({ ...attempt, outcome: 'refused' })).toBe('Bo Chen tried to take it; the cloud refused')
    expect(say({ ...attempt, outcome: 'unknown' })).toBe('Bo Chen tried to take it; whether it worked is not known yet')
    expect(say({ ...attempt, outcome: 'not-taken' })).toBe(
      'The take of Bo Chen did not work, as a later reading showed',
    )
    expect(say({ kind: 'attempt', how: 'lockdesk', actor: bo, outcome: 'held-by-other', count: 12 })).toBe(
      'Bo Chen wanted to take it, 12 times; the holder had changed, nothing was sent',
    )
  })

  it('tells who took it from a holder of the same name', () => {
    const colleague = { ...lin, name: 'Bo Chen', id: '260011837452945612' }
    const over = {
      kind: 'changed',
      how: 'lockdesk',
      from: colleague,
      to: service,
      actor: bo,
      outcome: 'taken',
    } as const
    expect(say(over)).toBe('Bo Chen ··p-bo took it over from Bo Chen ··45612')
  })

  it('counts denials that were written down together', () => {
    expect(say({ kind: 'denied', how: 'lockdesk', actor: bo, count: 3 })).toBe(
      'Lockdesk refused Bo Chen, 3 times: the right is missing',
    )
  })

  it('falls back to the end of the id of a holder without a name', () => {
    expect(say({ to: { ...lin, name: '' } })).toBe('id ··71 holds it; it was free')
  })

  it('finds whose claim stood before an entry in the transition before it', () => {
    const events = [
      event({ kind: 'changed', from: service, to: service }),
      event({ kind: 'attempt', claim: claimOf(ada) }),
      event({ kind: 'held', to: service, claim: claimOf(bo) }),
      event({ kind: 'freed', from: lin }),
    ]
    expect(claimantBefore(events, 0)).toEqual(bo)
    expect(claimantBefore(events, 2)).toBeNull()
  })

  for (const [language, words] of [
    ['English', en],
    ['中文', zh],
  ] as const) {
    it(`has a sentence for every kind and every end in ${language}`, () => {
      for (const kind of EventKind.options) {
        for (const how of ['observed', 'lockdesk'] as const) {
          for (const outcome of [
            undefined,
            'taken',
            'already-yours',
            'held-by-other',
            'refused',
            'unknown',
            'not-taken',
            'new',
          ]) {
            const entry = event({
              kind,
              how,
              from: lin,
              to: service,
              actor: bo,
              intentId: 'e0',
              ...(outcome && { outcome }),
            })
            const text = plainText(eventSentence(entry, around, words))
            expect(text.length).toBeGreaterThan(4)
            expect(text).not.toMatch(/undefined|null|\[object/)
          }
        }
      }
    })
  }
})

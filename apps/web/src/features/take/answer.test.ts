import { describe, expect, it } from 'vitest'
import { readAnswer, secondsOf } from './answer.ts'

describe('reading the answer to a take', () => {
  it('takes a 200 with an outcome as the outcome', () => {
    const body = { outcome: 'taken', previousHolder: null, holder: null, claim: null, eventId: null }
    expect(readAnswer(200, body, null)).toEqual({ kind: 'outcome', outcome: body })
  })

  it('takes a problem as a problem, with the wait', () => {
    const body = { type: 't', title: 't', status: 429, code: 'too-many' }
    expect(readAnswer(429, body, '7')).toEqual({ kind: 'problem', problem: body, retryAfterSeconds: 7 })
  })

  it('does not believe a page that a proxy put in the way', () => {
    for (const body of [undefined, null, '<html>', {}, { outcome: 7 }, []]) {
      expect(readAnswer(200, body, null)).toEqual({ kind: 'lost' })
      expect(readAnswer(502, body, null)).toEqual({ kind: 'lost' })
    }
  })

  it('reads whole seconds only', () => {
    expect(secondsOf('12')).toBe(12)
    expect(['', 'soon', '-1', '1.5', 'Wed, 21 Oct 2026 07:28:00 GMT', '99999999', null].map(secondsOf)).toEqual(
      Array.from({ length: 7 }, () => null),
    )
  })
})

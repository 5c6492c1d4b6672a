import { describe, expect, it } from 'vitest'
import { NoAnswer, ProblemError } from '../../api/problem-error.ts'
import { answerOf } from './answer.ts'

describe('reading what was thrown by a take', () => {
  it('takes a problem as a problem, with the wait', () => {
    const problem = { type: 't', title: 't', status: 429, code: 'too-many' as const }
    expect(answerOf(new ProblemError(problem, 7000))).toEqual({ kind: 'problem', problem, retryAfterMs: 7000 })
    expect(answerOf(new ProblemError(problem))).toEqual({ kind: 'problem', problem, retryAfterMs: null })
  })

  it('concludes nothing from an answer that did not come', () => {
    for (const error of [new NoAnswer('gone'), new TypeError('Failed to fetch'), 'text', undefined]) {
      expect(answerOf(error)).toEqual({ kind: 'lost' })
    }
  })
})

import { describe, expect, it } from 'vitest'
import { isProblem, NoAnswer, ProblemError } from './problem-error.ts'
import { request } from './request.ts'

const answering =
  (status: number, body: string, headers: Record<string, string> = {}): typeof fetch =>
  async () =>
    new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } })

describe('a question to the server', () => {
  it('sends a write as JSON even where there is nothing to say', async () => {
    const sent: (RequestInit | undefined)[] = []
    const send: typeof fetch = async (_, init) => {
      sent.push(init)
      return new Response(null, { status: 204 })
    }
    await request('/api/auth/sign-out', { method: 'POST', send })
    expect(sent[0]).toMatchObject({ method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
  })

  it('fails with what the server said, and when to come back', async () => {
    const send = answering(429, '{"title":"Too many","status":429,"code":"too-many","type":"about:blank"}', {
      'content-type': 'application/problem+json',
      'retry-after': '12',
    })
    const error = await request('/api/board', { send }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ProblemError)
    expect(isProblem(error, 'too-many')).toBe(true)
    expect(isProblem(error, 'not-found')).toBe(false)
    expect(error).toMatchObject({ retryAfterMs: 12_000, message: 'Too many' })
  })

  it.each(['soon', '', '-1', 'Wed, 25 Nov 2026 09:00:00 GMT', 'NaN', 'Infinity'])(
    'is told no time to come back by "%s"',
    async header => {
      const send = answering(429, '{"code":"too-many"}', { 'retry-after': header })
      const error = await request('/api/board', { send }).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ retryAfterMs: undefined, problem: { code: 'too-many' } })
    },
  )

  it.each([
    ['a page of a proxy', 200, '<!doctype html>', { 'content-type': 'text/html' }],
    ['an answer that broke off', 200, '{"drafts":[', {}],
  ])('takes %s for no answer', async (_, status, body, headers) => {
    const send = answering(status, body, headers)
    await expect(request('/api/board', { send })).rejects.toBeInstanceOf(NoAnswer)
  })

  it('takes a dead line for no answer', async () => {
    const send: typeof fetch = async () => {
      throw new TypeError('Failed to fetch')
    }
    await expect(request('/api/board', { send })).rejects.toBeInstanceOf(NoAnswer)
  })
})

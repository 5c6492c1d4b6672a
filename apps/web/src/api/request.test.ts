import { afterEach, describe, expect, it, vi } from 'vitest'
import { isProblem, NoAnswer, ProblemError } from './problem-error.ts'
import { request } from './request.ts'

const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
  vi.stubGlobal(
    'fetch',
    async () => new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } }),
  )

afterEach(() => vi.unstubAllGlobals())

describe('a question to the server', () => {
  it('sends a write as JSON even where there is nothing to say', async () => {
    const sent: RequestInit[] = []
    vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
      sent.push(init)
      return new Response(null, { status: 204 })
    })
    await request('/api/auth/sign-out', { method: 'POST' })
    expect(sent[0]).toMatchObject({ method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
  })

  it('fails with what the server said, and when to come back', async () => {
    answer(429, '{"title":"Too many","status":429,"code":"too-many","type":"about:blank"}', {
      'content-type': 'application/problem+json',
      'retry-after': '12',
    })
    const error = await request('/api/board').catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ProblemError)
    expect(isProblem(error, 'too-many')).toBe(true)
    expect(isProblem(error, 'not-found')).toBe(false)
    expect(error).toMatchObject({ retryAfterMs: 12_000, message: 'Too many' })
  })

  it.each([
    ['a page of a proxy', 200, '<!doctype html>', { 'content-type': 'text/html' }],
    ['an answer that broke off', 200, '{"drafts":[', {}],
  ])('takes %s for no answer', async (_, status, body, headers) => {
    answer(status, body, headers)
    await expect(request('/api/board')).rejects.toBeInstanceOf(NoAnswer)
  })

  it('takes a dead line for no answer', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch')
    })
    await expect(request('/api/board')).rejects.toBeInstanceOf(NoAnswer)
  })
})

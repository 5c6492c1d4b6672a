import { describe, expect, it } from 'vitest'
import { createTakeLimits } from './take-limits.ts'

describe('takes a minute', () => {
  it('are limited for each actor, over any sixty seconds, and say when the next one fits', () => {
    let now = 0
    const limits = createTakeLimits({ perMinute: 2, now: () => now })
    expect(limits.reserve('bo').isAllowed).toBe(true)
    now = 20_000
    expect(limits.reserve('bo').isAllowed).toBe(true)
    now = 20_500
    expect(limits.reserve('bo')).toEqual({ isAllowed: false, retryAfterSeconds: 40 })
    expect(limits.reserve('ada').isAllowed).toBe(true)
    now = 60_000
    expect(limits.reserve('bo').isAllowed).toBe(true)
    expect(limits.reserve('bo')).toEqual({ isAllowed: false, retryAfterSeconds: 20 })
  })

  it('give back what was not sent', () => {
    const limits = createTakeLimits({ perMinute: 1, now: () => 0 })
    const first = limits.reserve('bo')
    if (first.isAllowed) first.giveBack()
    expect(limits.reserve('bo').isAllowed).toBe(true)
    expect(limits.reserve('bo').isAllowed).toBe(false)
  })

  it('are without a limit at 0', () => {
    const limits = createTakeLimits({ perMinute: 0, now: () => 0 })
    expect(Array.from({ length: 1000 }, () => limits.reserve('bo').isAllowed)).not.toContain(false)
  })
})

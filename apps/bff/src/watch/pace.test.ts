import { describe, expect, it } from 'vitest'
import { backOff, planPace } from './pace.ts'

describe('the pace', () => {
  const facts = { targetMs: 15_000, pages: 3, perMinute: 60, isLooked: true }

  it('is the target while somebody looks, and four times as long while nobody does', () => {
    expect(planPace(facts)).toBe(15_000)
    expect(planPace({ ...facts, isLooked: false })).toBe(60_000)
  })

  it('leaves people a quarter of the budget', () => {
    expect(planPace({ ...facts, pages: 45 })).toBe(60_000)
    expect(planPace({ ...facts, pages: 90, isLooked: false })).toBe(120_000)
  })

  it('counts at least one call', () => {
    expect(planPace({ ...facts, targetMs: 1, pages: 0, perMinute: 1 })).toBe(80_000)
  })
})

describe('backing off', () => {
  it('doubles up to its limit, in full jitter', () => {
    expect([1, 2, 3, 4, 40].map(failures => backOff(failures, 60_000, 1))).toEqual([1_000, 2_000, 4_000, 8_000, 60_000])
    expect(backOff(4, 60_000, 0)).toBe(0)
    expect(backOff(4, 60_000, 0.5)).toBe(4_000)
  })
})

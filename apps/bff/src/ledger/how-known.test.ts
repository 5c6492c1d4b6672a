import { describe, expect, it } from 'vitest'
import { gapBetween, knownOf } from './how-known.ts'

describe('a gap', () => {
  it('is a pause of more than three times the pace in force', () => {
    expect(gapBetween({ sweptAt: 0, paceMs: 15_000 }, 45_000)).toBeNull()
    expect(gapBetween({ sweptAt: 0, paceMs: 15_000 }, 45_001)).toEqual({ after: 0, by: 45_001 })
  })

  it('is never shorter than five seconds', () => {
    expect(gapBetween({ sweptAt: 0, paceMs: 100 }, 5_000)).toBeNull()
    expect(gapBetween({ sweptAt: 0, paceMs: 100 }, 5_001)).not.toBeNull()
  })

  it('needs a sweep before it', () => {
    expect(gapBetween({ sweptAt: null, paceMs: null }, 1_000_000)).toBeNull()
  })
})

describe('how an observed moment is known', () => {
  it('is at least where nothing came before', () => {
    expect(knownOf({ after: null, by: 10 }, [])).toBe('at-least')
  })

  it('is bounded between two readings', () => {
    expect(knownOf({ after: 0, by: 10 }, [])).toBe('bounded')
  })

  it('is unwatched where more than half of a gap lies in its interval', () => {
    const gap = { after: 100, by: 200 }
    expect(knownOf({ after: 100, by: 151 }, [gap])).toBe('unwatched')
    expect(knownOf({ after: 100, by: 150 }, [gap])).toBe('bounded')
    expect(knownOf({ after: 0, by: 300 }, [gap])).toBe('unwatched')
    expect(knownOf({ after: 200, by: 300 }, [gap])).toBe('bounded')
  })
})

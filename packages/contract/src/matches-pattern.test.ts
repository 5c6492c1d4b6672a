import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { matchesPattern } from './matches-pattern.ts'

test.each([
  ['*', '', true],
  ['*', 'a\nb', true],
  ['*-prod', 'trade-prod', true],
  ['*-prod', 'trade-prod-2', false],
  ['trade-*', 'trade-', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['ab*ba', 'aba', false],
  ['a.(b)*c', 'a.(b)xxc', true],
  ['a.(b)*c', 'ax(b)xxc', false],
  ['trade', 'trade', true],
  ['trade', 'Trade', false],
  ['', '', true],
  ['', 'a', false],
])('%j fits %j: %s', (pattern, text, fits) => {
  expect(matchesPattern(pattern, text)).toBe(fits)
})

describe('a pattern', () => {
  /** Few letters, so that what is drawn fits often enough, and those that mean something elsewhere. */
  const letters = (...more: string[]) =>
    fc.string({ unit: fc.constantFrom('a', 'b', '.', '\n', ...more), maxLength: 7 })

  it('fits what its definition says, read letter by letter', () => {
    const fits = (pattern: string, text: string): boolean => {
      if (pattern === '') return text === ''
      if (pattern[0] === '*') return fits(pattern.slice(1), text) || (text !== '' && fits(pattern, text.slice(1)))
      return pattern[0] === text[0] && fits(pattern.slice(1), text.slice(1))
    }
    fc.assert(
      fc.property(letters('*'), letters(), (pattern, text) => {
        expect(matchesPattern(pattern, text)).toBe(fits(pattern, text))
      }),
      { numRuns: 1000 },
    )
  })

  it('fits every name that it was made from by leaving text out', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.boolean())), pieces => {
        const pattern = pieces.map(([text, isLeftOut]) => (isLeftOut ? '*' : text)).join('')
        expect(matchesPattern(pattern, pieces.map(([text]) => text).join(''))).toBe(true)
      }),
    )
  })

  it('without a star fits itself alone', () => {
    fc.assert(
      fc.property(letters(), letters(), (pattern, text) => {
        expect(matchesPattern(pattern, pattern)).toBe(true)
        expect(matchesPattern(pattern, text)).toBe(pattern === text)
      }),
    )
  })
})

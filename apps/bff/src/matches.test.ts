import { expect, test } from 'vitest'
import { matches } from './matches.ts'

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
  expect(matches(pattern, text)).toBe(fits)
})

import { expect, test } from 'vitest'
import { wholeNumber } from './whole-number.ts'

const limit = wholeNumber(1, 200, 50)

test.each([
  '0x10',
  '0b11',
  ' 50',
  '50 ',
  '+5',
  '-5',
  '1e2',
  '5.0',
  '5.5',
  '',
  ' ',
  'x',
  '٥',
  '0',
  '201',
  '9'.repeat(400),
])('%j is no limit', text => {
  expect(limit.safeParse(text).success).toBe(false)
})

test.each([
  ['1', 1],
  ['200', 200],
  ['007', 7],
])('%s is %i', (text, number) => {
  expect(limit.parse(text)).toBe(number)
})

test('not given is what it is otherwise', () => {
  expect(limit.parse(undefined)).toBe(50)
})

test('given twice is no limit either', () => {
  expect(limit.safeParse(['1', '2']).success).toBe(false)
})

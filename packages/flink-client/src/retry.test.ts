import { expect, it } from 'vitest'
import { delayAfter, longestRetryAfterMs, retryAfterMs } from './retry.ts'

it.each([
  ['1500', 1500],
  [' 20 ', 20],
  ['0.4', 1],
  ['99999999999999999999', longestRetryAfterMs],
  ['', undefined],
  ['0', undefined],
  ['0.0', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
])('x-acs-retry-after %j is %s', (header, ms) => {
  expect(retryAfterMs({ 'x-acs-retry-after': header })).toBe(ms)
})

it('is absent where there is no header, or more than one', () => {
  expect(retryAfterMs({})).toBeUndefined()
  expect(retryAfterMs({ 'x-acs-retry-after': ['1', '2'] })).toBeUndefined()
})

it('waits longer from attempt to attempt, spread over all of it, never not at all, and never less than was asked', () => {
  expect([delayAfter(1, undefined, 0), delayAfter(2, undefined, 0)]).toEqual([50, 50])
  expect([delayAfter(1, undefined, 0.5), delayAfter(2, undefined, 0.5)]).toEqual([200, 400])
  expect([delayAfter(1, 1000, 0), delayAfter(1, 1000, 0.5)]).toEqual([1000, 1200])
})

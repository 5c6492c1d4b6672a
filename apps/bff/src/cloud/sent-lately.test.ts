import { expect, it } from 'vitest'
import { createSentLately } from './sent-lately.ts'

it('counts what was sent in the last sixty seconds', () => {
  const lately = createSentLately()
  for (const at of [0, 10, 30_000, 59_999]) lately.sent(at)
  expect(lately.count(59_999)).toBe(4)
  expect(lately.count(60_000)).toBe(2)
  expect(lately.count(90_000)).toBe(1)
  expect(lately.count(119_999)).toBe(0)
})

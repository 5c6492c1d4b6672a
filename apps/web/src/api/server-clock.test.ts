import { expect, it } from 'vitest'
import { createServerClock } from './server-clock.ts'

it('keeps the browser’s clock where it is right enough', () => {
  const clock = createServerClock(() => Date.parse('2026-11-25T08:00:02.900Z'))
  clock.learn('Wed, 25 Nov 2026 08:00:00 GMT', Date.parse('2026-11-25T08:00:02.800Z'))
  expect(clock.now()).toBe(Date.parse('2026-11-25T08:00:02.900Z'))
})

it('goes by the server’s clock where the browser’s is minutes off', () => {
  const clock = createServerClock(() => Date.parse('2026-11-25T09:00:00.000Z'))
  clock.learn('Wed, 25 Nov 2026 08:00:00 GMT', Date.parse('2026-11-25T09:00:00.000Z'))
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-25T08:00:00.500Z')
})

it('learns nothing from an answer without a date', () => {
  const clock = createServerClock(() => 1000)
  clock.learn(null, 0)
  clock.learn('soon', 0)
  expect(clock.now()).toBe(1000)
})

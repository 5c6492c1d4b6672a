import { expect, it } from 'vitest'
import { createClock } from './clock.ts'

it('the clock never runs backwards, not even across a restart', () => {
  const wall = [1000, 1005, 400, 1006]
  const now = createClock(() => wall.shift() ?? 0, 1002)
  expect([now(), now(), now(), now()]).toEqual([1002, 1005, 1005, 1006])
})

import { expect, it } from 'vitest'
import { createClock } from './clock.ts'

function clocks(floor: number) {
  const at = { wall: 1_000, steady: 0 }
  const now = createClock(
    () => at.wall,
    floor,
    () => at.steady,
  )
  const pass = (ms: number) => {
    at.wall += ms
    at.steady += ms
  }
  return { at, now, pass }
}

it('is the machine’s clock', () => {
  const { now, pass } = clocks(0)
  expect(now()).toBe(1_000)
  pass(5)
  expect(now()).toBe(1_005)
})

it('never runs backwards and never stands still when the machine’s clock is set back', () => {
  const { at, now, pass } = clocks(0)
  now()
  at.wall -= 900
  expect(now()).toBe(1_000)
  pass(7)
  expect(now()).toBe(1_007)
  at.wall = 5_000
  expect(now()).toBe(5_000)
})

it('goes on from the newest time in the store', () => {
  const { now, pass } = clocks(2_000)
  expect(now()).toBe(2_000)
  pass(10)
  expect(now()).toBe(2_010)
})

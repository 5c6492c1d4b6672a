import { expect, test } from 'vitest'
import type { Dimension } from './dimension.ts'
import { summarise } from './summary.ts'

const dimension: Dimension = {
  limitIs: '',
  peerIs: '',
  rows: { time: { unit: 'ms', mostOfLimit: 1.5, leastOfPeer: 2 } },
  sides: {},
}
const rounds = (...values: number[]) => values.map(time => ({ time }))
const pass = (ours: number, limit: number, peer: number) =>
  summarise('a', dimension, { ours: rounds(ours), limit: rounds(limit), peer: rounds(peer) })[0]?.pass

test('compares medians of one run, and tells how far the rounds lie apart', () => {
  const [line] = summarise('a', dimension, {
    ours: rounds(10, 11, 30),
    limit: rounds(10, 9, 10),
    peer: rounds(22, 33, 44),
  })
  expect(line).toMatchObject({ ours: 11, limit: 10, peer: 33, oursOfLimit: 1.1, peerOfOurs: 3, pass: true })
  expect(line?.spread).toBeCloseTo(20 / 11)
})

test('fails where ours is too far from the limit, or not far enough from the peer', () => {
  expect([pass(15, 10, 30), pass(16, 10, 40), pass(15, 10, 29)]).toEqual([true, false, false])
})

test('a peer that is not installed passes nothing that is measured by it', () => {
  const [line] = summarise('a', dimension, { ours: rounds(10), limit: rounds(10), peer: null })
  expect(line).toMatchObject({ peer: 'not installed', pass: false })
})

test('a side that measured nothing passes nothing', () => {
  expect(summarise('a', dimension, { limit: rounds(10), peer: rounds(100) })[0]?.pass).toBe(false)
})

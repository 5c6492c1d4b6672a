import fc from 'fast-check'
import { expect, it } from 'vitest'
import { greatest } from './greatest.ts'

it('gives what the beginning of all in order is', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.nat({ max: 12 }), (numbers, most) => {
      const items = numbers.map((size, at) => ({ size, at }))
      const inOrder = items.toSorted((a, b) => b.size - a.size)
      expect(greatest(items, most, ({ size }) => size)).toEqual(inOrder.slice(0, most))
    }),
  )
})

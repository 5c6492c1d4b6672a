import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdOrder } from './hold-order.ts'

const keys = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 20 })

describe('while somebody points at the table', () => {
  it('nothing moves, and nothing new is hidden', () => {
    fc.assert(
      fc.property(keys, keys, (shown, fresh) => {
        const { keys: held } = holdOrder(shown, fresh)
        expect(held.slice(0, shown.length)).toEqual(shown)
        expect(new Set(held)).toEqual(new Set([...shown, ...fresh]))
        expect(held).toHaveLength(new Set(held).size)
      }),
    )
  })

  it('no change is counted where the order is the same, and one where there is a difference', () => {
    fc.assert(
      fc.property(keys, keys, (shown, fresh) => {
        const same = shown.length === fresh.length && shown.every((key, index) => key === fresh[index])
        expect(holdOrder(shown, fresh).changes === 0).toBe(same)
      }),
    )
  })

  it('counts rows that came, went and moved', () => {
    expect(holdOrder(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'e']).changes).toBe(3)
  })
})

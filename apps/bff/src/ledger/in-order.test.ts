import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byCodePoint, mergedInSlices, sortedInSlices } from './in-order.ts'

const asBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
const text = fc.string({ unit: fc.constantFrom('a', 'B', '_', '支', '\ue000', '\uffee', '🚀', '𠮷'), maxLength: 6 })

describe('the order by code points', () => {
  it('is that of the bytes in UTF-8, which the stores go by', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(byCodePoint(a, b))).toBe(asBytes(a, b))
      }),
      { numRuns: 2_000 },
    )
  })

  it('puts what lies beyond the first plane behind it, which JavaScript does not', () => {
    expect(byCodePoint('🚀', '\uffee')).toBeGreaterThan(0)
    expect(['\uffee', '🚀'].toSorted()).toEqual(['🚀', '\uffee'])
  })
})

describe('a long list', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 3_000 })
  const items = (some: readonly number[]) => some.map((size, at) => ({ size, at }))
  const bySize = (a: { size: number }, b: { size: number }) => a.size - b.size

  it('is put in order as a short one is, equals staying as they were', async () => {
    const check = async (some: number[]) => {
      expect(await sortedInSlices(items(some), bySize)).toEqual(items(some).toSorted(bySize))
    }
    await fc.assert(fc.asyncProperty(numbers, check), { numRuns: 30, examples: [[[]], [[1]]] })
    await check(Array.from({ length: 12_345 }, (_, at) => (at * 7_919) % 1_000))
  })

  it('is one of two, those of the first before their equals', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, numbers, async (some, others) => {
        const [a, b] = [items(some).toSorted(bySize), items(others).toSorted(bySize)]
        expect(await mergedInSlices(a, b, bySize)).toEqual([...a, ...b].toSorted(bySize))
      }),
      { numRuns: 30 },
    )
  })

  it('lets others have their turn, however short its parts are', async () => {
    let turns = 0
    let isDone = false
    const count = () => {
      turns += 1
      if (!isDone) setImmediate(count)
    }
    setImmediate(count)
    await sortedInSlices(
      Array.from({ length: 20_000 }, (_, at) => (at * 7_919) % 20_000),
      (a, b) => a - b,
    )
    isDone = true
    // Each of some rounds goes through all of them.
    expect(turns).toBeGreaterThan(50)
  })
})

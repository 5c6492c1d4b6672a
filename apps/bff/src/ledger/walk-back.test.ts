import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Walk, walkBack } from './walk-back.ts'

/** A walk over numbers, and how much of it was looked at. */
function walkOver(
  numbers: readonly number[],
  facts: { isShort?: boolean; onRead?: (span: number) => void } = {},
): Walk<number> {
  return {
    isShort: facts.isShort ?? false,
    async read({ above, below }, limit) {
      facts.onRead?.(below - above)
      return numbers
        .filter(number => number > above && number < below)
        .toSorted((a, b) => b - a)
        .slice(0, limit)
    },
  }
}
const numberOf = (row: number) => row

describe('walking back', () => {
  it('finds what several walks find, each once, in one order, page by page', async () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 60_000 }), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(numbers, { maxLength: 4 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (all, limit, isShort) => {
          const found: number[] = []
          for (let below: number | null = 60_001; below !== null;) {
            const page: { rows: number[]; next: number | null } = await walkBack(
              all.map(one => walkOver(one, { isShort })),
              { numberOf, above: 0, below, limit },
            )
            expect(page.rows.length).toBeLessThanOrEqual(limit)
            found.push(...page.rows)
            below = page.next
          }
          expect(found).toEqual([...new Set(all.flat())].toSorted((a, b) => b - a))
        },
      ),
    )
  })

  it('answers what it has when its patience ends, and goes on from there', async () => {
    let time = 0
    const slow = walkOver([9_999_000, 5], { onRead: () => (time += 150) })
    const options = { numberOf, above: 0, limit: 10, patienceMs: 400, steady: () => time }
    const first = await walkBack([slow], { ...options, below: 10_000_000 })
    expect(first.rows).toEqual([9_999_000])
    expect(first.next).toBe(10_000_000 - 3 * 5_000)
    let { next } = first
    let pages = 1
    const rest: number[] = []
    const quick = walkOver([9_999_000, 5], { onRead: () => (time += 1) })
    while (next !== null) {
      const page: { rows: number[]; next: number | null } = await walkBack([quick], { ...options, below: next })
      rest.push(...page.rows)
      next = page.next
      pages += 1
    }
    expect([rest, pages]).toEqual([[5], 2])
  })

  it('takes longer steps where they are quick', async () => {
    const spans: number[] = []
    await walkBack([walkOver([], { onRead: span => void spans.push(span) })], {
      numberOf,
      above: 0,
      below: 10_000_000,
      limit: 5,
      steady: () => 0,
    })
    expect(spans.length).toBeLessThan(8)
  })
})

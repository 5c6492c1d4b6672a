import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCursors } from './cursor.ts'

const cursors = createCursors({ secret: 'a secret', ledgerId: 'ledger-1' })

describe('cursors', () => {
  it('come back as the place they were made of', () => {
    fc.assert(
      fc.property(fc.nat(), number => {
        expect(cursors.parse('live', cursors.sign('live', number))).toEqual({ ledgerId: 'ledger-1', number })
      }),
    )
  })

  it('tell nothing to who has another secret, and serve one use only', () => {
    const other = createCursors({ secret: 'another', ledgerId: 'ledger-1' })
    expect(other.parse('live', cursors.sign('live', 7))).toBeNull()
    expect(cursors.parse('audit', cursors.sign('live', 7))).toBeNull()
  })

  it('know a place of another ledger', () => {
    const restored = createCursors({ secret: 'a secret', ledgerId: 'ledger-2' })
    const place = restored.parse('live', cursors.sign('live', 7))
    expect(place).toEqual({ ledgerId: 'ledger-1', number: 7 })
    expect(place && restored.isHere(place)).toBe(false)
    expect(place && cursors.isHere(place)).toBe(true)
  })

  it('cannot be made up, or changed in any character', () => {
    const real = cursors.sign('live', 42)
    fc.assert(
      fc.property(fc.nat(real.length - 1), fc.constantFrom(...'AZaz09-_=+/. '), (index, letter) => {
        const changed = real.slice(0, index) + letter + real.slice(index + 1)
        fc.pre(changed !== real)
        expect(cursors.parse('live', changed)).toBeNull()
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.nat().map(String)), text => {
        expect(cursors.parse('live', text)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftKey, parseDraftKey } from '../api/draft-key.ts'
import { parseSearch, stringifySearch } from './search.ts'

const text = fc.string({ minLength: 1, unit: 'grapheme' })

describe('the search of an address', () => {
  it('comes back as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(fc.dictionary(text, text), search => {
        expect(parseSearch(stringifySearch(search))).toEqual({ ...search })
      }),
    )
  })

  it('is short and can be read', () => {
    expect(stringifySearch({ state: 'held', q: '', open: 'w/trade/1', ns: undefined })).toBe(
      '?state=held&open=w/trade/1',
    )
    expect(parseSearch('?q=123')).toEqual({ q: '123' })
  })
})

describe('the address of a draft', () => {
  it.each(['a b', 'a~b', 'a*b', 'a+b', '50%off', '支付🚀', 'x/y', '..'])(
    'survives a namespace called %s',
    namespace => {
      const ref = { workspace: 'w', namespace, draftId: 'd' }
      expect(parseDraftKey(draftKey(ref))).toEqual(ref)
      const search = parseSearch(stringifySearch({ open: draftKey(ref) }))
      expect(parseDraftKey(search['open'] ?? '')).toEqual(ref)
    },
  )

  it.each(['', 'a/b', 'a/b/c/d', '//', '%/a/b'])('is not %s', key => {
    expect(parseDraftKey(key)).toBeNull()
  })
})

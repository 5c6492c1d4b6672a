import { describe, expect, it } from 'vitest'
import { nextSort, readBoardSearch, readSort } from './search.ts'

describe('the address of a view', () => {
  it('says what is shown', () => {
    const search = { workspace: 'w', ns: 'trade', state: 'held', q: '支付', sort: '-since', open: 'w/trade/1' }
    expect(readBoardSearch(search)).toEqual(search)
  })

  it('leaves out what it does not know', () => {
    expect(readBoardSearch({ state: 'stolen', sort: 'colour', q: '', ns: 7, x: 'y' })).toEqual({})
  })

  it('turns an order round with the second click, and leaves it with the third', () => {
    expect(nextSort(readSort(undefined), 'since')).toBe('since')
    expect(nextSort(readSort('since'), 'since')).toBe('-since')
    expect(nextSort(readSort('-since'), 'since')).toBeUndefined()
    expect(nextSort(readSort('since'), 'modified')).toBe('-modified')
    expect(nextSort(readSort('-modified'), 'modified')).toBe('modified')
    expect(nextSort(readSort('modified'), 'modified')).toBeUndefined()
    expect(nextSort(readSort(undefined), 'folder')).toBe('-folder')
    expect(nextSort(readSort('-folder'), 'folder')).toBeUndefined()
  })
})

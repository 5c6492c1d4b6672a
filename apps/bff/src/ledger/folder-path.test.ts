import { describe, expect, it } from 'vitest'
import { folderPath } from './folder-path.ts'

const folders = {
  root: { name: 'root', parentId: null },
  pay: { name: '支付', parentId: 'root' },
  risk: { name: 'risk', parentId: 'pay' },
  a: { name: 'a', parentId: 'b' },
  b: { name: 'b', parentId: 'a' },
  lost: { name: 'lost', parentId: 'never-read' },
}

describe('the path of a folder', () => {
  it('goes from the root down, without the root', () => {
    expect(folderPath(folders, 'risk')).toBe('支付/risk')
    expect(folderPath(folders, 'pay')).toBe('支付')
    expect(folderPath(folders, 'root')).toBe('')
    expect(folderPath(folders, null)).toBe('')
  })

  it('is empty for a folder that is not known, and what is known of one whose parent is not', () => {
    expect(folderPath(folders, 'unknown')).toBe('')
    expect(folderPath(folders, 'constructor')).toBe('')
    expect(folderPath(folders, 'lost')).toBe('lost')
  })

  it('ends in a circle, too', () => {
    expect(folderPath(folders, 'a')).toBe('b/a')
  })
})

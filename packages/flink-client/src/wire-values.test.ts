import { describe, expect, it } from 'vitest'
import { idOf, labelsOf, nameOf, textOf } from './wire-values.ts'

const half = '订单\ud83d'
const nul = 'a\0b'

describe('text that no store gives back unchanged', () => {
  it('is shown with a replacement in names, texts and labels', () => {
    expect([nameOf(half), nameOf(nul)]).toEqual(['订单\ufffd', 'a\ufffdb'])
    expect([textOf(half), textOf(nul)]).toEqual(['订单\ufffd', 'a\ufffdb'])
    expect(labelsOf({ [half]: nul })).toEqual({ '订单\ufffd': 'a\ufffdb' })
  })

  it('is no id: an id is exactly what was sent', () => {
    expect([idOf(half), idOf(nul)]).toEqual([undefined, undefined])
    expect(idOf('支付🚀')).toBe('支付🚀')
  })

  it('is not every rare character', () => {
    expect(nameOf('支付对账·𠮷🚀')).toBe('支付对账·𠮷🚀')
  })
})

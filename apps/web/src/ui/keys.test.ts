import { describe, expect, it } from 'vitest'
import { keyOf, type Press } from './keys.ts'

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 0,
  defaultPrevented: false,
  ...more,
})

describe('a single key', () => {
  it('is one when nobody is typing', () => {
    expect(keyOf(press('t'), false)).toBe('t')
    expect(keyOf(press('?'), false)).toBe('?')
  })

  it('is a letter while typing', () => {
    expect(keyOf(press('t'), true)).toBeNull()
  })

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('belongs to the browser together with %s', held => {
    expect(keyOf(press('c', { [held]: true }), false)).toBeNull()
  })

  it('is part of a word while an input method composes, also the last one, which Safari reports late', () => {
    expect(keyOf(press('Enter', { isComposing: true }), false)).toBeNull()
    expect(keyOf(press('Enter', { keyCode: 229 }), false)).toBeNull()
  })

  it('is spent once something has taken it', () => {
    expect(keyOf(press('Escape', { defaultPrevented: true }), false)).toBeNull()
  })
})

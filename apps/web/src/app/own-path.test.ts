import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mendedPath, ownPath } from './own-path.ts'

const origin = 'https://lockdesk.example'

describe('where one goes after signing in', () => {
  it.each([
    ['/?state=held&q=dim', '/?state=held&q=dim'],
    ['/audit?kind=denied#x', '/audit?kind=denied#x'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['', '/'],
    [undefined, '/'],
  ])('%s leads to %s', (wish, path) => {
    expect(ownPath(wish)).toBe(path)
  })

  it('is always on this origin', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map(text => `/${text}`),
          fc.webUrl(),
        ),
        wish => {
          expect(new URL(ownPath(wish), origin).origin).toBe(origin)
        },
      ),
    )
  })
})

describe('an address that reads as another site', () => {
  it('is mended before it is written into the history', () => {
    expect(mendedPath('//evil.example/x')).toBe('/evil.example/x')
    expect(mendedPath('/audit')).toBeNull()
    expect(mendedPath('/')).toBeNull()
  })
})

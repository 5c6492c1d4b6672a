import { describe, expect, it } from 'vitest'
import { judgeOrigin } from './same-origin.ts'

const ours = 'https://lockdesk.example'

describe('where a write comes from', () => {
  it.each([
    [{ site: 'same-origin', origin: undefined }, 'own'],
    [{ site: 'same-origin', origin: ours }, 'own'],
    [{ site: 'same-site', origin: ours }, 'foreign'],
    [{ site: 'cross-site', origin: 'https://evil.example' }, 'foreign'],
    [{ site: 'none', origin: undefined }, 'foreign'],
    [{ site: '', origin: undefined }, 'foreign'],
    [{ site: undefined, origin: ours }, 'own'],
    [{ site: undefined, origin: 'http://lockdesk.example' }, 'foreign'],
    [{ site: undefined, origin: 'https://lockdesk.example:8443' }, 'foreign'],
    [{ site: undefined, origin: 'https://lockdesk.example.evil.example' }, 'foreign'],
    [{ site: undefined, origin: 'null' }, 'foreign'],
    [{ site: undefined, origin: '' }, 'foreign'],
    [{ site: undefined, origin: undefined }, 'unsaid'],
  ] as const)('%j is %s', (headers, verdict) => {
    expect(judgeOrigin(headers, ours)).toBe(verdict)
  })
})

import { describe, expect, it } from 'vitest'
import { namespaceNames } from '../../live/namespace-name.ts'
import { sampleFreshness } from '../../live/sample-board.ts'
import { oldNamespaces } from './freshness-groups.ts'

const at = '2026-11-25T08:01:00.000Z'
const failed = (cause: 'no-answer' | 'forbidden-ram', title = cause as string) => ({ error: { title, cause, at } })

describe('the namespaces that nobody vouches for', () => {
  it('puts those of one cause together, whatever their sentences, with the oldest time', () => {
    const groups = oldNamespaces([
      sampleFreshness('a', { state: 'stale', ...failed('no-answer', 'It took 10 s') }),
      sampleFreshness('b', { state: 'stale', ...failed('no-answer'), lastSweepAt: '2026-11-25T07:59:00.000Z' }),
      sampleFreshness('c', { state: 'stale', ...failed('forbidden-ram') }),
      sampleFreshness('d'),
    ])
    expect(groups.map(group => group.namespaces.map(one => one.namespace))).toEqual([['a', 'b'], ['c']])
    expect(groups[0]?.checkedAt).toBe(Date.parse('2026-11-25T07:59:00.000Z'))
  })

  it('tells what was never read from what has grown old, and leaves out a first reading under way', () => {
    const never = { state: 'never', lastSweepAt: null } as const
    const groups = oldNamespaces([
      sampleFreshness('a', { ...never, ...failed('no-answer') }),
      sampleFreshness('b', { state: 'stale', ...failed('no-answer') }),
      sampleFreshness('c', never),
    ])
    expect(groups.map(({ checkedAt }) => checkedAt)).toEqual([null, Date.parse('2026-11-25T08:00:00.000Z')])
  })
})

describe('the name of a namespace', () => {
  it('has its workspace where a person sees more than one', () => {
    const [one, two] = [sampleFreshness('trade'), sampleFreshness('trade', { workspace: 'w2', workspaceName: 'two' })]
    expect(namespaceNames([one])(one)).toBe('trade')
    expect([one, two].map(namespaceNames([one, two]))).toEqual(['one ▸ trade', 'two ▸ trade'])
  })
})

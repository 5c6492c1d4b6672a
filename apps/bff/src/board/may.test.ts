import { describe, expect, it } from 'vitest'
import { mayDo } from './may.ts'

const may = (role: 'viewer' | 'editor' | 'admin', policy: 'soft' | 'hard', lock: 'free' | 'held' | 'yours') => {
  const { take, takeOver, whyCode } = mayDo({ role, policy, lock, isGone: false })
  return take ? 'take' : takeOver ? 'take over' : whyCode
}

describe('what one may do with a draft', () => {
  it.each([
    ['viewer', 'soft', 'free', 'role'],
    ['viewer', 'soft', 'held', 'role'],
    ['viewer', 'soft', 'yours', 'role'],
    ['viewer', 'hard', 'free', 'role'],
    ['viewer', 'hard', 'held', 'role'],
    ['viewer', 'hard', 'yours', 'role'],
    ['editor', 'soft', 'free', 'take'],
    ['editor', 'soft', 'held', 'take over'],
    ['editor', 'soft', 'yours', 'yours'],
    ['editor', 'hard', 'free', 'take'],
    ['editor', 'hard', 'held', 'policy'],
    ['editor', 'hard', 'yours', 'yours'],
    ['admin', 'soft', 'free', 'take'],
    ['admin', 'soft', 'held', 'take over'],
    ['admin', 'soft', 'yours', 'yours'],
    ['admin', 'hard', 'free', 'take'],
    ['admin', 'hard', 'held', 'take over'],
    ['admin', 'hard', 'yours', 'yours'],
  ] as const)('%s, %s, %s: %s', (role, policy, lock, expected) => {
    expect(may(role, policy, lock)).toBe(expected)
  })

  it('is nothing with a draft that is gone, and why is told wherever it is nothing', () => {
    const gone = mayDo({ role: 'admin', policy: 'soft', lock: 'free', isGone: true })
    expect(gone).toMatchObject({ take: false, takeOver: false })
    expect(gone.why).toMatch(/gone/)
    expect(mayDo({ role: 'editor', policy: 'hard', lock: 'held', isGone: false }).why).toMatch(/admins/)
  })
})

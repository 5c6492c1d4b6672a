import type { Ability, Role } from '@lockdesk/contract'

/** What of a draft's state decides who may do what with it. */
export interface Situation {
  role: Role
  policy: 'soft' | 'hard'
  /** `yours`: the caller's own hold, with its claim. */
  lock: 'free' | 'held' | 'yours'
  isGone: boolean
}

/** Rights × policy × state of the lock. How fresh the knowledge is changes nothing: the take reads the draft anew anyway. */
export function mayDo({ role, policy, lock, isGone }: Situation): Ability {
  const neither = { take: false, takeOver: false }
  if (role === 'viewer')
    return {
      ...neither,
      why: 'You may look here, but not take locks. An admin can give you the role editor.',
      whyCode: 'role',
    }
  if (isGone) return { ...neither, why: 'The draft is gone from the cloud.' }
  if (lock === 'yours') return { ...neither, why: 'You hold this lock already.', whyCode: 'yours' }
  if (lock === 'free') return { take: true, takeOver: false }
  if (policy === 'hard' && role !== 'admin')
    return { ...neither, why: 'Somebody holds it, and in this namespace only admins may take over.', whyCode: 'policy' }
  return { take: false, takeOver: true }
}

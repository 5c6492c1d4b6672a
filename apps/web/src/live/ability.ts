import {
  matchesPattern,
  type Ability,
  type Binding,
  type BoardDraft,
  type Claim,
  type DraftRef,
  type Freshness,
  type Holder,
  type Lock,
  type Me,
  type Role,
} from '@lockdesk/contract'

const ranks = { viewer: 1, editor: 2, admin: 3 } as const satisfies Record<Role, number>

/** The strongest role that the bindings give in a namespace. */
export function roleIn(bindings: readonly Binding[], at: { workspace: string; namespace: string }): Role | null {
  let best: Role | null = null
  for (const { workspace, namespace, role } of bindings) {
    if (best !== null && ranks[role] <= ranks[best]) continue
    if (matchesPattern(workspace, at.workspace) && matchesPattern(namespace, at.namespace)) best = role
  }
  return best
}

export const hasRole = (me: Me, least: Role) => me.roles.some(({ role }) => ranks[role] >= ranks[least])

/**
 * Whether a lock is the viewer's. An identity that several people share is the viewer's only together with the viewer's
 * claim, and a claim for a run or another person is not.
 */
export function isHolderMe(holder: Holder, claim: Claim | null, ref: Pick<DraftRef, 'workspace'>, me: Me): boolean {
  const isShared = me.identities.some(
    ({ workspace, mode, holderIds }) =>
      mode === 'service' && workspace === ref.workspace && holderIds.includes(holder.id),
  )
  if (isShared) return claim?.by.id === me.person.id && claim.onBehalfOf === undefined
  return me.holderIds.includes(holder.id)
}

/** Whether the viewer holds a row's lock; what the server said about it counts first. */
export function isMine(draft: Pick<BoardDraft, 'lock' | 'ref'>, me: Me | undefined): boolean {
  if (draft.lock === null) return false
  return draft.lock.holder.self ?? (me !== undefined && isHolderMe(draft.lock.holder, draft.lock.claim, draft.ref, me))
}

/** Rights × policy × state of the lock, as the server reckons it; freshness has no say. */
export function abilityOf(
  lock: Lock | null,
  ref: Pick<DraftRef, 'workspace' | 'namespace'>,
  me: Me,
  policy: Freshness['policy'],
): Ability {
  const role = roleIn(me.roles, ref)
  if (lock !== null && (lock.holder.self ?? isHolderMe(lock.holder, lock.claim, ref, me))) {
    return { take: false, takeOver: false, whyCode: 'yours' }
  }
  if (role === null || role === 'viewer') return { take: false, takeOver: false, whyCode: 'role' }
  if (lock === null) return { take: true, takeOver: false }
  if (policy === 'hard' && role !== 'admin') return { take: false, takeOver: false, whyCode: 'policy' }
  return { take: false, takeOver: true }
}

import type { TakeRequest } from '@lockdesk/contract'
import type { KnownIdentity } from '../cloud/service-identity.ts'
import type { DraftState } from '../ledger/draft-state.ts'

/** Who wants the lock, and what they may do here. */
export interface Taker {
  personId: string
  isAdmin: boolean
}

/** What follows from the reading of the draft before anything is sent. */
export type Before =
  | 'already-yours'
  | 'holder-changed'
  | 'policy-hard'
  | 'take-pending'
  /** The cloud names us, another person's claim stands or none: only the claim moves. */
  | 'move-claim'
  | 'send'

/** Judges a take by the draft as it stands. The order of the questions is the product's: the first that answers counts. */
export function judgeBefore(
  draft: Pick<DraftState, 'lock' | 'intents'>,
  request: Pick<TakeRequest, 'expectedHolderId' | 'expectedClaim' | 'onBehalfOf'>,
  taker: Taker,
  { me, policy }: { me: Pick<KnownIdentity, 'ids'>; policy: 'soft' | 'hard' },
): Before {
  const { lock } = draft
  const isOurs = lock !== null && me.ids.includes(lock.holder.id)
  const claim = lock?.claim ?? null
  const onBehalfOf = request.onBehalfOf ?? null
  const isOwnClaim = claim !== null && claim.personId === taker.personId && claim.onBehalfOf === onBehalfOf
  if (isOurs && isOwnClaim) return 'already-yours'

  const isHolderExpected = (lock?.holder.id ?? null) === request.expectedHolderId
  // The same person for another run is another person: whoever stands behind it must have been seen. A claim that has ended since stops
  // nobody: it is nobody's lock that is taken then.
  const isClaimExpected = claim === null || isOwnClaim || claim.personId === (request.expectedClaim ?? null)
  if (!isHolderExpected || !isClaimExpected) return 'holder-changed'

  if (lock !== null && policy === 'hard' && !taker.isAdmin) return 'policy-hard'
  if (draft.intents.some(intent => isInTheWay(intent, taker, onBehalfOf, me))) return 'take-pending'
  return isOurs ? 'move-claim' : 'send'
}

/**
 * A take that is not settled, of somebody else behind the same identity: whatever the cloud shows next may be theirs. One's own may be tried
 * again, but for one that has not even ended: what the cloud shows meanwhile is not judged yet.
 */
function isInTheWay(
  intent: DraftState['intents'][number],
  taker: Taker,
  onBehalfOf: string | null,
  me: Pick<KnownIdentity, 'ids'>,
): boolean {
  const isOwn = intent.actorId === taker.personId && intent.onBehalfOf === onBehalfOf
  return (!isOwn || !intent.isPending) && intent.identityIds.some(id => me.ids.includes(id))
}

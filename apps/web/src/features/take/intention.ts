import type { BoardDraft, DraftRef, Holder, Me, Person, TakeRequest } from '@lockdesk/contract'
import { draftTitle, type Party, partyBehind, partyNameBeside } from '../../ui/shown-name.ts'

/** What a person saw when deciding to take, kept to be compared with what is seen later. */
export interface Intention {
  ref: DraftRef
  /** As it is shown. */
  draftName: string
  consoleUrl: string
  holder: Holder | null
  /** Whose claim was seen behind a shared holder. */
  claimant: Person | null
}

/** Freezes what the row or panel shows at this moment. */
export function intentionOf(draft: BoardDraft): Intention {
  return {
    ref: draft.ref,
    draftName: draftTitle(draft.name, draft.ref.draftId),
    consoleUrl: draft.consoleUrl,
    holder: draft.lock?.holder ?? null,
    claimant: draft.lock?.claim?.by ?? null,
  }
}

/** The body of the take: it stops on the server where this is no longer so. */
export function requestOf(intention: Intention, reason = ''): TakeRequest {
  const text = reason.trim()
  return {
    expectedHolderId: intention.holder?.id ?? null,
    expectedClaim: intention.claimant?.id ?? null,
    ...(text && { reason: text }),
  }
}

/**
 * The person or account that stands behind a hold, by the name people know.
 * @param beside whom it is told apart from where the names are the same
 */
export function nameBehind(
  holder: Holder | null,
  claimant: Person | null | undefined,
  beside?: Party | null,
): string | null {
  return holder && partyNameBeside(partyBehind(holder, claimant), beside)
}

/** Whom the person saw, to tell others of the same name apart from. */
export function partySeen({ holder, claimant }: Pick<Intention, 'holder' | 'claimant'>): Party | null {
  return holder && partyBehind(holder, claimant)
}

/** The name under which the cloud will see a take of this person; null while it is not known. */
export function identityIn(me: Me, ref: Pick<DraftRef, 'workspace'>): string | null {
  return me.identities.find(({ workspace }) => workspace === ref.workspace)?.name ?? null
}

/** Whether a holder is the identity that everybody here shares: then only the claim behind it can change. */
export function isSharedHolder(me: Me, ref: Pick<DraftRef, 'workspace'>, holder: Holder): boolean {
  return me.identities.some(
    identity =>
      identity.workspace === ref.workspace && identity.mode === 'service' && identity.holderIds.includes(holder.id),
  )
}

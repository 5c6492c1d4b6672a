import type { BoardDraft, DraftRef, Holder, Person, TakeRequest } from '@lockdesk/contract'

/** What a person saw when deciding to take, kept to be compared with what is seen later. */
export interface Intention {
  ref: DraftRef
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
    draftName: draft.name,
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

/** Whether the draft is still held as it was when the person decided. Compared by ids: two people may share a name. */
export function isStillSo(intention: Intention, draft: BoardDraft): boolean {
  const seen = intentionOf(draft)
  return seen.holder?.id === intention.holder?.id && seen.claimant?.id === intention.claimant?.id
}

/** Whether two drafts are the same one. */
export function isSameDraft(a: DraftRef, b: DraftRef): boolean {
  return a.draftId === b.draftId && a.namespace === b.namespace && a.workspace === b.workspace
}

/** The person or account that stands behind a hold, by the name people know. */
export function nameBehind(holder: Holder | null, claimant: Person | null | undefined): string | null {
  if (!holder) return null
  return claimant?.name || holder.name || holder.id
}

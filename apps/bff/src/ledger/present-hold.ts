import type { Hold } from '@lockdesk/contract'
import type { HoldRow } from './fold-holds.ts'
import { type Onlooker, presentClaim, presentHolder, presentInterval } from './present-holder.ts'

/** A hold as the API shows it. */
export function presentHold(hold: HoldRow, onlooker: Onlooker): Hold {
  const { workspace, namespace, draft_id: draftId } = hold
  const claim = claimOf(hold)
  return {
    ref: { workspace, namespace, draftId },
    draftName: hold.draft_name,
    holder: presentHolder(
      { id: hold.holder_id, name: hold.holder_name },
      { workspace, namespace, at: hold.from_by },
      claim,
      onlooker,
    ),
    ...(claim && { claim: presentClaim(claim, onlooker.names) }),
    from: presentInterval({ after: hold.from_after, by: hold.from_by }),
    until: hold.until_by === null ? null : presentInterval({ after: hold.until_after, by: hold.until_by }),
    known: hold.known,
    how: hold.how,
  }
}

/** Who stood behind a shared holder. */
export function claimOf(hold: HoldRow) {
  if (hold.claim_person === null) return null
  return {
    personId: hold.claim_person,
    at: hold.claim_at ?? hold.from_by,
    reason: hold.claim_reason,
    onBehalfOf: hold.claim_on_behalf_of,
  }
}

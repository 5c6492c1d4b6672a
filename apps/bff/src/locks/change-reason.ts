import type { DraftRef } from '@lockdesk/contract'
import { nothingThere } from '../http/nothing-there.ts'
import { ProblemError } from '../http/problem.ts'
import { DraftMoved, type Entry, type Ledger } from '../ledger/ledger.ts'
import type { RefusalRecorder } from './repeated-refusals.ts'
import * as words from './words.ts'

/**
 * Another reason for a claim, by the person whose claim it is.
 * @returns the entry; the text before it stays in the history
 * @throws ProblemError `no-right` where somebody else's claim stands, or none: with an entry `denied`
 */
export async function changeReason(
  { ledger, refusals }: { ledger: Pick<Ledger, 'draft' | 'changeReason'>; refusals: RefusalRecorder },
  personId: string,
  ref: DraftRef,
  reason: string,
): Promise<Entry> {
  for (let draft = await ledger.draft(ref); ;) {
    if (!draft || draft.deletedAt !== null) throw nothingThere()
    const claim = draft.lock?.claim
    if (claim?.personId !== personId) {
      await refusals.record({ kind: 'denied', ref, actor: { personId }, outcome: 'no-right' })
      throw new ProblemError('no-right', { detail: words.notYourClaim, right: 'change-reason' })
    }
    const actor = { personId, ...(claim.onBehalfOf !== null && { onBehalfOf: claim.onBehalfOf }) }
    try {
      return (await ledger.changeReason(draft, actor, reason)).closing
    } catch (fault) {
      if (!(fault instanceof DraftMoved)) throw fault
      draft = fault.draft // a sweep came between: judged anew
    }
  }
}

import { z } from 'zod'
import { BoardDraft, DraftRef } from './draft.ts'
import { LockEvent } from './lock-event.ts'
import { Claim, Holder } from './lock.ts'
import { Interval, Known } from './time.ts'

/** The interval in which one holder had a draft, with the uncertainty of both ends. */
export const Hold = z.object({
  ref: DraftRef,
  draftName: z.string(),
  holder: Holder,
  claim: Claim.optional(),
  from: Interval,
  until: Interval.nullable(),
  known: Known,
  how: z.enum(['observed', 'lockdesk']),
})
export type Hold = z.infer<typeof Hold>

/** One draft with its newest 50 holds and events; older ones are in the audit. */
export const DraftPage = z.object({
  draft: BoardDraft,
  holds: z.array(Hold),
  events: z.array(LockEvent),
})
export type DraftPage = z.infer<typeof DraftPage>

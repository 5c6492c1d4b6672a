import { z } from 'zod'
import { Claim, Holder } from './lock.ts'

export const longestReason = 280
export const longestOnBehalfOf = 64

/**
 * What the caller saw when deciding: the take stops where that is no longer so. Strict, as every body that is sent to Lockdesk: a member
 * whose name is mistyped must not be lost in silence.
 */
export const TakeRequest = z.strictObject({
  /** The holder the caller saw, or null for a free draft. */
  expectedHolderId: z.string().nullable(),
  /** The person whose claim the caller saw; absent means null. */
  expectedClaim: z.string().nullable().optional(),
  reason: z.string().max(longestReason).optional(),
  onBehalfOf: z.string().regex(/\S/, 'is blank').max(longestOnBehalfOf).optional(),
})
export type TakeRequest = z.infer<typeof TakeRequest>

export const Outcome = z.enum(['taken', 'already-yours', 'held-by-other', 'refused', 'unknown'])
export type Outcome = z.infer<typeof Outcome>

/** Which of the cloud's layers refused: the RAM policy, the role in the namespace, the gateway's limits, or it did not say. */
export const Layer = z.enum(['ram', 'namespace-role', 'gateway', 'unspecified'])
export type Layer = z.infer<typeof Layer>

/** What happened when a lock was taken. */
export const TakeOutcome = z.object({
  outcome: Outcome,
  previousHolder: Holder.nullable(),
  holder: Holder.nullable(),
  claim: Claim.nullable(),
  /** What vouches for the lock having been got; with `held-by-other` it was got and lost again to the holder. */
  confirmedBy: z.enum(['read-back', 'answer']).optional(),
  layer: Layer.optional(),
  /** The closing entry; null where nothing was written. */
  eventId: z.string().nullable(),
  requestId: z.string().optional(),
})
export type TakeOutcome = z.infer<typeof TakeOutcome>

export const ReasonChange = z.strictObject({ reason: z.string().max(longestReason) })
export type ReasonChange = z.infer<typeof ReasonChange>

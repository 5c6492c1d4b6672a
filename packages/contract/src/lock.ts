import { z } from 'zod'
import { Person } from './person.ts'
import { Instant, Interval, Known } from './time.ts'

/** Whom the cloud names as holding an edit lock. Names are other people's text: compare ids, render as text. */
export const Holder = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['person', 'service', 'unknown']),
  /** An identity of the caller; where that identity is shared, the claim is the caller's too. Absent in live frames. */
  self: z.boolean().optional(),
  /** `false`: in two complete readings no longer a member of the namespace. `null`: not known. */
  member: z.boolean().nullable(),
})
export type Holder = z.infer<typeof Holder>

/** Lockdesk's own record of which person stands behind a holder that several people share. */
export const Claim = z.object({
  by: Person,
  at: Instant,
  reason: z.string().optional(),
  /** The run or person whom a pipeline serves; another value counts as another person. */
  onBehalfOf: z.string().optional(),
})
export type Claim = z.infer<typeof Claim>

/** An edit lock that somebody holds. A free draft has `null` in its place. */
export const Lock = z.object({
  holder: Holder,
  seenSince: Interval,
  known: Known,
  /** From when on the hold counts as overdue, by the rule of its namespace. */
  overdueAt: Instant.nullable(),
  claim: Claim.nullable(),
})
export type Lock = z.infer<typeof Lock>

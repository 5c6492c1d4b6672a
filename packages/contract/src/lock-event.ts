import { z } from 'zod'
import { NamespaceRef } from './draft.ts'
import { Claim, Holder } from './lock.ts'
import { Person } from './person.ts'
import { Instant, Interval, Known } from './time.ts'

/**
 * The closed list of kinds.
 * Transitions: `held` `changed` `freed` `deleted`. Then `intent` (before a getLock is sent), `attempt` (an intent that
 * ended without a transition, or a take stopped by a changed holder), `denied`, `gap` and `setting`.
 */
export const EventKind = z.enum([
  'held',
  'changed',
  'freed',
  'deleted',
  'intent',
  'attempt',
  'denied',
  'gap',
  'setting',
])
export type EventKind = z.infer<typeof EventKind>

export const transitionKinds = ['held', 'changed', 'freed', 'deleted'] as const satisfies readonly EventKind[]

/** One numbered line of the ledger, as the API shows it. */
export const LockEvent = z.object({
  id: z.string(),
  /** Gapless in commit order over the whole ledger. */
  number: z.int(),
  kind: EventKind,
  /** `observed`: a reading showed it. `lockdesk`: somebody did it here. */
  how: z.enum(['observed', 'lockdesk']),
  known: Known.optional(),
  /** A gap belongs to a namespace: it names no draft. */
  ref: NamespaceRef.extend({ draftId: z.string().optional() }),
  draftName: z.string(),
  from: Holder.nullable(),
  to: Holder.nullable(),
  at: Interval,
  recordedAt: Instant,
  actor: Person.optional(),
  /** The claim in force after the entry, where a person stands behind a shared holder. */
  claim: Claim.optional(),
  /** Who stood behind a shared holder before the entry. */
  claimBefore: Person.optional(),
  token: z.string().optional(),
  reason: z.string().optional(),
  /** A {@link Outcome}, or `not-taken` for an intent that was settled without having taken the lock. */
  outcome: z.string().optional(),
  intentId: z.string().optional(),
  requestId: z.string().optional(),
  count: z.int().optional(),
  /** In the audit: the very values that the entry's hash covers, so that a copy can be checked without the store. */
  chain: z
    .object({ prev: z.string(), said: z.array(z.union([z.string(), z.number(), z.null()])), hash: z.string() })
    .optional(),
})
export type LockEvent = z.infer<typeof LockEvent>

import { z } from 'zod'
import { TakeOutcome } from './take.ts'

/** The closed list of what can go wrong. */
export const ProblemCode = z.enum([
  'bad-request',
  'not-signed-in',
  'wrong-credentials',
  'no-right',
  'policy-hard',
  'password-change-needed',
  'foreign-origin',
  'not-found',
  'draft-gone',
  'method-not-allowed',
  'holder-changed',
  'take-pending',
  'held-by-other',
  'too-large',
  'unsupported-type',
  'too-many',
  'refused',
  'throttled',
  'cloud-unavailable',
  'ledger-unavailable',
  'unknown',
  'internal',
])
export type ProblemCode = z.infer<typeof ProblemCode>

/** An error as RFC 9457 has it. A problem that answers a take carries the fields of {@link TakeOutcome} too. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: ProblemCode,
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string().optional(),
    /** The cloud's own error code. */
    errorCode: z.string().optional(),
    /** The right that is missing: `take`, `take-over`, `audit`, … */
    right: z.string().optional(),
  })
  .extend(TakeOutcome.partial().omit({ requestId: true }).shape)
export type Problem = z.infer<typeof Problem>

import { z } from 'zod'
import { LockEvent } from './lock-event.ts'

/** Newest first; `next` is null on the last page. */
export const AuditPage = z.object({ events: z.array(LockEvent), next: z.string().nullable() })
export type AuditPage = z.infer<typeof AuditPage>

/** The walk over the chain: `firstBad` is the number of the first entry that does not fit. */
export const Verification = z.object({
  ok: z.boolean(),
  entries: z.int(),
  firstBad: z.int().nullable(),
  checkpoints: z.int(),
})
export type Verification = z.infer<typeof Verification>

import { z } from 'zod'
import { Board } from './board.ts'
import { Hold } from './draft-page.ts'
import { BoardDraft, DraftRef, NamespaceRef } from './draft.ts'
import { LockEvent } from './lock-event.ts'
import { Holder } from './lock.ts'
import { Person } from './person.ts'
import { Instant, Interval } from './time.ts'

/** Newest first; `next` is null on the last page. */
export const AuditPage = z.object({ events: z.array(LockEvent), next: z.string().nullable() })
export type AuditPage = z.infer<typeof AuditPage>

/** Newest first, by when they were entered into the ledger. */
export const HoldsPage = z.object({ holds: z.array(Hold), next: z.string().nullable() })
export type HoldsPage = z.infer<typeof HoldsPage>

/** What one holder had in a period; behind a shared holder each person, and what nobody claimed, counts alone. */
export const HolderTotals = z.object({
  holder: Holder,
  /** Whose claim stood behind a shared holder. */
  claim: z.object({ by: Person }).optional(),
  /** Holds that lasted at some time in the period. */
  holds: z.int(),
  /** Of these, how many last. */
  open: z.int(),
  /** Of these, how many were seen for longer than their namespace allows. */
  overdue: z.int(),
  /** Seconds, together: beginnings and ends are known as intervals, so is their distance. Only what lies in the period counts. */
  seconds: z.object({ min: z.number(), max: z.number() }),
  /** Up to when the holder was seen with a draft, within the period. */
  lastSeenAt: Instant,
})
export type HolderTotals = z.infer<typeof HolderTotals>

/** Who was seen last comes first. */
export const HoldersPage = z.object({
  holders: z.array(HolderTotals),
  period: z.object({ since: Instant, until: Instant }),
  next: z.string().nullable(),
})
export type HoldersPage = z.infer<typeof HoldersPage>

/** What entries can be counted by. Entries that have none of it are not counted. */
export const CountedBy = z.enum(['kind', 'known', 'actor', 'draft', 'hour'])
export type CountedBy = z.infer<typeof CountedBy>

export const Counts = z.object({
  /** By hour: in order of time, hours without entries left out. Else the greatest first. At most 1,000, of hours the newest. */
  counts: z.array(
    z.object({
      /** A kind, a word of how known, a person's id, a draft's id, or the beginning of an hour. */
      key: z.string(),
      n: z.int(),
      /** Of a person or a draft. */
      name: z.string().optional(),
      /** Of a draft. */
      ref: DraftRef.optional(),
    }),
  ),
  /** When nobody watched, in the period: no entries are no proof there. The newest 1,000, in order of time. */
  gaps: z.array(NamespaceRef.extend({ at: Interval })),
})
export type Counts = z.infer<typeof Counts>

/**
 * The board as it was at a moment: who held what, as far as had been read by then, and how fresh that was. Names, folders and labels of drafts
 * are those of today, but for the names of what was held.
 */
export const PastBoard = Board.extend({ drafts: z.array(BoardDraft.omit({ may: true })), at: Instant })
export type PastBoard = z.infer<typeof PastBoard>

/** The walk over the chain: `firstBad` is the number of the first entry that does not fit. */
export const Verification = z.object({
  ok: z.boolean(),
  entries: z.int(),
  firstBad: z.int().nullable(),
  checkpoints: z.int(),
  /** Number of the first entry that is kept; those before it were let go of. */
  from: z.int().optional(),
  /** Entries that wait for a checkpoint. */
  unsealed: z.int().optional(),
  /** What is wrong, in sentences, the first twenty. */
  faults: z.array(z.string()).optional(),
  /** What to keep elsewhere: the newest checkpoint, Ed25519 over the text that `docs/security.md` names. */
  newest: z
    .object({
      number: z.int(),
      hash: z.string(),
      at: Instant,
      ledgerId: z.string(),
      keyId: z.string(),
      signature: z.string(),
    })
    .nullable()
    .optional(),
  /** The key that signed it: 32 bytes, base64url. */
  publicKey: z.string().nullable().optional(),
})
export type Verification = z.infer<typeof Verification>

import { z } from 'zod'
import { BoardDraft, NamespaceRef } from './draft.ts'
import { Instant } from './time.ts'

/**
 * Why a namespace could not be read as a whole. `torn`: every page was answered, and together they are not the list. `refused`: the cloud said
 * no in a way that names no permission. `list-without-locks`: lists name no holders though drafts are held, so that drafts are read one by one.
 */
export const ReadingFault = z.enum([
  'forbidden-ram',
  'forbidden-role',
  'credential',
  'clock-off',
  'throttled',
  'no-answer',
  'unreadable',
  'refused',
  'torn',
  'list-without-locks',
])
export type ReadingFault = z.infer<typeof ReadingFault>

/** How fresh the knowledge of one namespace is. */
export const Freshness = NamespaceRef.extend({
  /** The workspace's name for people. */
  workspaceName: z.string(),
  /** `live`: the last complete sweep is at most max(3 × the pace in force, 5 s) old. `never`: there was none yet. */
  state: z.enum(['live', 'stale', 'never']),
  /** When the last complete sweep sent its first request. */
  lastSweepAt: Instant.nullable(),
  /** The latest sweep read every page. */
  complete: z.boolean(),
  /** Planned seconds between two sweeps, as of the last complete one. */
  pace: z.number(),
  policy: z.enum(['soft', 'hard']),
  /** Seconds after which a hold is overdue here. */
  overdueAfter: z.number(),
  /** Rises whenever drafts appeared, went, or were described anew (a later save apart), of which no entry tells: read the board again. */
  revision: z.int(),
  budget: z.object({
    perMinute: z.number(),
    left: z.number(),
    throttledUntil: Instant.nullable(),
  }),
  error: z
    .object({
      /** A sentence in English; `cause` lets a page say it in its own language. */
      title: z.string(),
      cause: ReadingFault.optional(),
      requestId: z.string().optional(),
      at: Instant,
    })
    .optional(),
})
export type Freshness = z.infer<typeof Freshness>

/** All drafts that the caller may see. */
export const Board = z.object({
  drafts: z.array(BoardDraft),
  total: z.int(),
  /** Where the live stream goes on from: `GET /api/live?after=`. */
  cursor: z.string(),
  namespaces: z.array(Freshness),
})
export type Board = z.infer<typeof Board>

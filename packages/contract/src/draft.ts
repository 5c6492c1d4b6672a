import { z } from 'zod'
import { Lock } from './lock.ts'
import { Instant } from './time.ts'

export const NamespaceRef = z.object({ workspace: z.string(), namespace: z.string() })
export type NamespaceRef = z.infer<typeof NamespaceRef>

/** The address of one draft. Ids are opaque strings. */
export const DraftRef = z.object({ workspace: z.string(), namespace: z.string(), draftId: z.string() })
export type DraftRef = z.infer<typeof DraftRef>

/** What this caller may do: rights × policy × state of the lock, never freshness. */
export const Ability = z.object({
  /** The draft is free and the caller may take it. */
  take: z.boolean(),
  /** The draft is held by somebody else and the caller may take it over. */
  takeOver: z.boolean(),
  /** Why not, as a sentence for a person. */
  why: z.string().optional(),
  whyCode: z.enum(['role', 'policy', 'yours']).optional(),
})
export type Ability = z.infer<typeof Ability>

export const BoardDraft = z.object({
  ref: DraftRef,
  name: z.string(),
  /** Path of folder names from the root, joined by `/`; empty when it is not known. */
  folder: z.string(),
  /** Upstream's kind of artifact (`SQLSCRIPT`, `CDCYAML`, …): an open list. */
  kind: z.string().nullable(),
  engineVersion: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  modifiedAt: Instant.nullable(),
  modifierName: z.string().nullable(),
  lock: Lock.nullable(),
  /** Opens the draft, or its namespace, in the cloud's own console. */
  consoleUrl: z.string(),
  /** When the draft was found to be gone from the cloud; absent while it exists. */
  deletedAt: Instant.optional(),
  /** A take whose end is not known yet: until it is settled nobody behind the same identity can take this draft. */
  pending: z.object({ since: Instant }).optional(),
  may: Ability,
})
export type BoardDraft = z.infer<typeof BoardDraft>

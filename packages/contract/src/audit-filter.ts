import type { EventKind } from './lock-event.ts'
import type { Known } from './time.ts'

/** The kinds to ask for; `taken` means taken through Lockdesk. */
export const auditKinds = [
  'held',
  'changed',
  'freed',
  'deleted',
  'taken',
  'intent',
  'attempt',
  'denied',
  'gap',
  'setting',
] as const satisfies readonly (EventKind | 'taken')[]
export type AuditKind = (typeof auditKinds)[number]

export const knownWords = ['exact', 'bounded', 'unwatched', 'at-least'] as const satisfies readonly Known[]
export const howWords = ['observed', 'lockdesk'] as const

/**
 * What is asked of the audit. Everything given must fit; of `kind` and `known` one of those listed, of `text` each. Absent asks nothing.
 * People, holders and drafts go by id or by their whole name.
 */
export interface AuditFilter {
  actor?: string
  holder?: string
  draft?: string
  workspace?: string
  /** A name, or a pattern with `*`. */
  namespace?: string
  /** In the order of {@link auditKinds}. */
  kind?: readonly AuditKind[]
  /** In the order of {@link knownWords}. */
  known?: readonly Known[]
  how?: (typeof howWords)[number]
  /** Time words as `readTimeWord` spells them. */
  since?: string
  until?: string
  /** Parts of a draft's name, a holder's name or a reason. */
  text?: readonly string[]
}

export const longestAuditQuery = 1_000
export const longestAuditValue = 300
export const mostAuditTexts = 10

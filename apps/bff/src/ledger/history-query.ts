import type { DraftRef, EventKind, Known } from '@lockdesk/contract'
import type { Scope } from './scope.ts'

/** A part of what somebody may see of the history. */
export interface HistoryPart {
  scope: Scope
  /** Only entries in which this person is the actor, transitions before or after which the person's claim stood, and the person's holds. */
  concerning?: string
}

/** What is looked for: everything given must fit, of a list one. An empty list fits nothing. */
export interface HistoryFilter {
  actorIds?: readonly string[]
  holderIds?: readonly string[]
  drafts?: readonly DraftRef[]
  kinds?: readonly EventKind[]
  /** With `kinds`: those, or what was taken through Lockdesk. */
  isTaken?: boolean
  known?: readonly Known[]
  how?: 'observed' | 'lockdesk'
  /** Epoch milliseconds, the first one and the one after the last; by `at_by`. */
  since?: number
  until?: number
  /** Each somewhere in a draft's name, a holder's name or a reason; A to Z regardless of case. */
  texts?: readonly string[]
}

/** A question to the history: the parts that the asker may see, and what is looked for in them. */
export interface HistoryQuery {
  parts: readonly HistoryPart[]
  filter: HistoryFilter
}

/** One page of it, newest first. */
export interface HistoryPage {
  /** Only what has a smaller number. */
  before?: number
  limit: number
}

/** Whether anything can fit at all. */
export function isHopeless({ parts, filter }: HistoryQuery): boolean {
  const isNone = (list: readonly unknown[] | undefined) => list?.length === 0
  const { since = 0, until = Infinity } = filter
  return (
    parts.every(({ scope }) => scope.length === 0) ||
    isNone(filter.actorIds) ||
    isNone(filter.holderIds) ||
    isNone(filter.drafts) ||
    (isNone(filter.kinds) && filter.isTaken !== true) ||
    since >= until
  )
}

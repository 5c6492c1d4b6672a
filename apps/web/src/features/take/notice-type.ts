import type { Problem } from '@lockdesk/contract'
import type { Intention } from './intention.ts'

/** `mine`: good news · `plain`: nothing to do · `warn`: something to decide or wait for · `error`: refused or failed. */
export type NoticeTone = 'mine' | 'plain' | 'warn' | 'error'
export type NoticeAction = 'open-editor' | 'add-reason' | 'take' | 'take-over' | 'copy-details'

/** What a person is told after a take: what happened, what it means, what can be done next. */
export interface Notice {
  tone: NoticeTone
  glyph: 'yours' | 'held' | 'free' | 'denied' | 'unknown' | 'failed'
  title: string
  text: string
  /** What a screen reader hears of it; absent where the notice is an alert, which is heard by itself. */
  announced?: string
  /** The cloud's request id, for support. */
  requestId?: string
  /** Offers; one that the draft's state does not allow at the moment of showing is left out. */
  actions: readonly NoticeAction[]
  /** Stays until it is dismissed: errors, and what asks something. */
  stays: boolean
}

export interface NoticeFacts {
  intention: Intention
  /** The name under which the cloud sees Lockdesk; null while it is not known. */
  identity: string | null
}

/** A notice before the request id of its answer is put on it. */
export type Told = Omit<Notice, 'requestId'>

/** What an outcome and the problem that carries one have in common. */
export type OutcomeFields = Pick<Problem, 'holder' | 'previousHolder' | 'claim' | 'confirmedBy' | 'layer' | 'errorCode'>

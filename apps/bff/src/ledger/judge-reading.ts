import type { UpstreamLock } from '@lockdesk/flink-client'
import type { CloudHolder } from './draft-state.ts'

/** How long after a call's time limit a getLock that nobody answered may still take effect, and a read may lag behind it. */
export const settleAfterMs = 10_000

/** What the ledger knows of a draft, as far as a reading is judged by it. */
export interface KnownDraft {
  holder: CloudHolder | null
  claim: { lockId: string | null } | null
  /** The hold was shown by a direct read or a take. */
  isHeldByRead: boolean
  /** Number of its last transition or intent. */
  lastNumber: number
  /** Sent time of the newest direct reading. */
  readAt: number | null
  echo: { until: number; holderIds: readonly (string | null)[] } | null
  intents: readonly KnownIntent[]
}

/** An intent without an end. */
export interface KnownIntent {
  id: string
  number: number
  identityIds: readonly string[]
  openedAt: number
  /** No answer to its getLock can come later. */
  deadline: number
  isPending: boolean
}

export interface JudgedReading {
  lock: UpstreamLock | null
  head: number
  sentAt: number
  /** A list's silence about locks means something only where a list has carried one before, and nothing where lists are known to be mute. */
  source: 'read' | 'list' | 'list-without-locks' | 'mute-list'
}

export type Judgement<Intent extends KnownIntent> =
  /** Older than what is known, or not to be trusted yet: a later reading settles it. */
  | { kind: 'leave' }
  /** The draft is there, and that is all: of its lock the list says nothing. */
  | { kind: 'presence' }
  | { kind: 'same'; ended: readonly EndedIntent<Intent>[] }
  /** The same holder with another lock: the person whose claim it was is not behind it any more. */
  | { kind: 'claim-ended'; ended: readonly EndedIntent<Intent>[] }
  | { kind: 'transition'; ended: readonly EndedIntent<Intent>[]; takenBy: Intent | null }

/** An intent that nothing more can be learnt about, without a transition of its own. */
export interface EndedIntent<Intent extends KnownIntent> {
  intent: Intent
  /** `unknown`: its identity has the draft by another take, so this one may have got it before, or not. */
  outcome: 'not-taken' | 'unknown'
}

/**
 * What one reading of a draft means beside what is known of it. Pure: old news, echoes of the time before a take, and silence that proves
 * nothing are told from news here and nowhere else.
 */
export function judgeReading<Intent extends KnownIntent>(
  known: Omit<KnownDraft, 'intents'> & { intents: readonly Intent[] },
  reading: JudgedReading,
): Judgement<Intent> {
  const seen = reading.lock?.holderId ?? null
  const held = known.holder?.id ?? null
  const isOldNews = known.lastNumber > reading.head || (known.readAt !== null && reading.sentAt < known.readAt)
  if (isOldNews || known.intents.some(intent => isUnderWay(intent, reading.sentAt))) return { kind: 'leave' }

  const named = known.intents.filter(intent => seen !== null && intent.identityIds.includes(seen))
  const takenBy = seen === held ? undefined : named[0]
  const ended = known.intents.flatMap((intent): EndedIntent<Intent>[] => {
    if (intent === takenBy) return []
    // Nothing that is read later will tell whose take it was.
    if (named.includes(intent)) return [{ intent, outcome: 'unknown' }]
    return reading.sentAt >= intent.deadline + settleAfterMs ? [{ intent, outcome: 'not-taken' }] : []
  })
  if (takenBy) return { kind: 'transition', takenBy, ended }

  const isEcho = known.echo !== null && reading.sentAt < known.echo.until && known.echo.holderIds.includes(seen)
  if (isEcho && seen !== held) return { kind: 'leave' }
  if (seen === null && reading.source === 'mute-list') return { kind: 'presence' }
  const isSilent = seen === null && reading.source === 'list-without-locks'
  if (isSilent && (known.isHeldByRead || known.intents.length > 0)) return { kind: 'presence' }

  if (seen !== held) return { kind: 'transition', ended, takenBy: null }
  const readLockId = reading.lock?.id ?? null
  const isReissued = known.claim?.lockId != null && readLockId !== null && known.claim.lockId !== readLockId
  return { kind: isReissued ? 'claim-ended' : 'same', ended }
}

/** The process that wrote the intent is still at it: its own end is the better news. Past all its time limits it has died. */
function isUnderWay(intent: KnownIntent, at: number): boolean {
  const timeLimit = intent.deadline - intent.openedAt
  return !intent.isPending && at < intent.deadline + timeLimit + settleAfterMs
}

/** Whether absence from a complete list may be believed: nothing newer is known, and no take is under way or unsettled. */
export function mayBelieveAbsence(known: KnownDraft, list: { head: number; sentAt: number }): boolean {
  return (
    known.lastNumber <= list.head &&
    (known.readAt === null || known.readAt <= list.sentAt) &&
    known.intents.every(intent => !isUnderWay(intent, list.sentAt) && list.sentAt >= intent.deadline + settleAfterMs)
  )
}

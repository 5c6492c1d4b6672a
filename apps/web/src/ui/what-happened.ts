import type { LockEvent } from '@lockdesk/contract'

/**
 * What an entry says, as one closed list: the kind alone does not tell a lock taken here from one seen in the cloud,
 * or an attempt that lost a race from one that was refused.
 */
export type Happening =
  | 'held'
  | 'changed-hands'
  | 'freed'
  | 'deleted'
  | 'taken'
  | 'taken-over'
  | 'claim-moved'
  | 'claim-ended'
  | 'reason-changed'
  | 'intent'
  | 'already-yours'
  | 'lost-race'
  | 'stopped'
  | 'refused'
  | 'unknown'
  | 'not-taken'
  | 'no-change'
  | 'denied'
  | 'gap'
  | 'setting'

function changeOf(event: LockEvent): Happening {
  const isSameHolder = event.from !== null && event.from.id === event.to?.id
  if (!isSameHolder) return event.how === 'lockdesk' ? 'taken-over' : 'changed-hands'
  // The same holder before and after: only what Lockdesk keeps beside it has changed.
  if (event.how === 'observed') return 'claim-ended'
  return event.outcome === 'taken' ? 'claim-moved' : 'reason-changed'
}

function attemptOf(event: LockEvent): Happening {
  if (event.outcome === 'refused') return 'refused'
  if (event.outcome === 'unknown') return 'unknown'
  if (event.outcome === 'not-taken') return 'not-taken'
  if (event.outcome === 'already-yours') return 'already-yours'
  if (event.outcome === 'held-by-other') return event.intentId ? 'lost-race' : 'stopped'
  return event.intentId ? 'no-change' : 'stopped'
}

/** Reads one entry. Pure; holders are compared by id, never by name. */
export function whatHappened(event: LockEvent): Happening {
  switch (event.kind) {
    case 'held':
      return event.how === 'lockdesk' ? 'taken' : 'held'
    case 'changed':
      return changeOf(event)
    case 'attempt':
      return attemptOf(event)
    case 'freed':
    case 'deleted':
    case 'intent':
    case 'denied':
    case 'gap':
    case 'setting':
      return event.kind
  }
}

/** The entries without the intents whose end is among them: the end tells the same, and more. */
export function withoutEndedIntents(events: readonly LockEvent[]): LockEvent[] {
  const ended = new Set(events.map(event => event.intentId).filter(id => id !== undefined))
  return events.filter(event => event.kind !== 'intent' || !ended.has(event.id))
}

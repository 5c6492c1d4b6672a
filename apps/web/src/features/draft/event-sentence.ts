import type { Holder, LockEvent, Person } from '@lockdesk/contract'
import type { Sentence } from '../../i18n/sentence.ts'
import { whatHappened } from '../../ui/what-happened.ts'
import type { DraftWords } from './words.en.ts'

/** What the entries around one tell about it. */
export interface Around {
  /** Whose claim stood before the entry. */
  claimantBefore: Person | null
  /** How long the hold that the entry ended was seen, in words; null where that is not known. */
  heldFor: string | null
  /** How long the entry's interval is, in words. */
  length: string
}

const isTransition = (event: LockEvent) =>
  event.kind === 'held' || event.kind === 'changed' || event.kind === 'freed' || event.kind === 'deleted'

/** Whose claim stood before the entry at `index` of a draft's own entries, newest first. */
export function claimantBefore(events: readonly LockEvent[], index: number): Person | null {
  return events.slice(index + 1).find(isTransition)?.claim?.by ?? null
}

function nameOf(holder: Holder | null, claimant: Person | null | undefined, words: DraftWords): string {
  return claimant?.name || holder?.name || holder?.id || words.events.somebody
}

/** One entry of a draft's history as a sentence about that draft. */
export function eventSentence(event: LockEvent, around: Around, words: DraftWords): Sentence {
  const say = words.events
  const to = { name: nameOf(event.to, event.claim?.by, words) }
  const from = { name: nameOf(event.from, around.claimantBefore, words) }
  const actor = { name: event.actor?.name ?? say.somebody }
  const token: Sentence = event.token ? say.withToken({ code: event.token }) : []
  switch (whatHappened(event)) {
    case 'held':
      return event.known === 'at-least' ? say.heldBefore(to) : say.held(to)
    case 'changed-hands':
      return say.changedHands(to, from)
    case 'freed':
      return around.heldFor ? say.freedAfter(from, around.heldFor) : say.freed(from)
    case 'deleted':
      return event.from ? say.deletedWhileHeld(from) : say.deleted()
    case 'taken':
      return say.taken(actor, token)
    case 'taken-over':
      return say.takenOver(actor, from, token)
    case 'claim-moved':
      return say.claimMoved(actor, from, { code: event.to?.name ?? '' }, token)
    case 'claim-ended':
      return say.claimEnded({ code: event.to?.name ?? '' })
    case 'reason-changed':
      return say.reasonChanged(actor)
    case 'intent':
      return [...say.intent(actor), ...token]
    case 'already-yours':
      return say.alreadyTheirs(actor)
    case 'lost-race':
      return event.to ? say.lostRace(actor, { name: nameOf(event.to, event.claim?.by, words) }) : say.noChange(actor)
    case 'stopped':
      return say.stopped(actor, event.count ?? 1)
    case 'refused':
      return say.refused(actor)
    case 'unknown':
      return say.unknown(actor)
    case 'not-taken':
      return say.notTaken(actor)
    case 'no-change':
      return say.noChange(actor)
    case 'denied':
      return event.outcome === 'policy-hard'
        ? say.deniedByPolicy(actor, event.count ?? 1)
        : say.denied(actor, event.count ?? 1)
    case 'gap':
      return say.gap(around.length)
    case 'setting':
      return say.setting(actor)
  }
}

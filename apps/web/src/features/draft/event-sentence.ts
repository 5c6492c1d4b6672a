import type { LockEvent, Person } from '@lockdesk/contract'
import type { Sentence } from '../../i18n/sentence.ts'
import { type Party, partyBehind, partyName, partyNameBeside } from '../../ui/shown-name.ts'
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

/** The name of one of the two in a sentence, told apart from the other where they are called the same. */
const nameOf = (party: Party | null, beside: Party | null, words: DraftWords) => ({
  name: party ? partyNameBeside(party, beside) : words.events.somebody,
})

/** One entry of a draft's history as a sentence about that draft. */
export function eventSentence(event: LockEvent, around: Around, words: DraftWords): Sentence {
  const say = words.events
  const happening = whatHappened(event)
  const after = event.to && partyBehind(event.to, event.claim?.by)
  const before = event.from && partyBehind(event.from, around.claimantBefore)
  const actor = nameOf(event.actor ?? null, happening === 'lost-race' ? after : before, words)
  const to = nameOf(after, happening === 'lost-race' ? (event.actor ?? null) : before, words)
  const from = nameOf(before, happening === 'changed-hands' ? after : (event.actor ?? null), words)
  const token: Sentence = event.token ? say.withToken({ code: event.token }) : []
  switch (happening) {
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
      return say.claimMoved(actor, from, { code: event.to ? partyName(event.to) : '' }, token)
    case 'claim-ended':
      return say.claimEnded({ code: event.to ? partyName(event.to) : '' })
    case 'reason-changed':
      return say.reasonChanged(actor)
    case 'intent':
      return [...say.intent(actor), ...token]
    case 'already-yours':
      return say.alreadyTheirs(actor)
    case 'lost-race':
      return event.to ? say.lostRace(actor, to) : say.noChange(actor)
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

import type { TakeOutcome } from '@lockdesk/contract'
import { partyBehind, partyName } from '../../ui/shown-name.ts'
import { type Intention, nameBehind, partySeen } from './intention.ts'
import type { NoticeFacts, OutcomeFields, Told } from './notice-type.ts'
import type { TakeWords } from './words.en.ts'

const joined = (...sentences: (string | false | null | undefined)[]) => sentences.filter(Boolean).join(' ')

function takenNotice(outcome: TakeOutcome, { intention, identity }: NoticeFacts, words: TakeWords): Told {
  const { taken } = words
  const previous = outcome.previousHolder
  const before = nameBehind(previous, intention.claimant)
  const isClaimMove = previous !== null && previous.id === outcome.holder?.id
  return {
    tone: 'mine',
    glyph: 'yours',
    title: taken.title(intention.draftName),
    announced: taken.announced(intention.draftName),
    text: joined(
      before === null
        ? taken.wasFree
        : isClaimMove
          ? taken.claimMoved(before, identity ?? partyName(previous))
          : taken.wasHeld(before),
      outcome.confirmedBy === 'answer' && taken.byAnswer,
      taken.noRelease,
    ),
    actions: outcome.claim?.reason ? ['open-editor'] : ['open-editor', 'add-reason'],
    stays: false,
  }
}

/** Whose lock was taken before it was lost again: what was typed under it may be gone. */
function loserOf(fields: OutcomeFields, { holder, claimant }: Intention): string | null {
  const previous = fields.previousHolder === undefined ? holder : fields.previousHolder
  const winner = fields.holder ? partyBehind(fields.holder, fields.claim?.by) : null
  return nameBehind(previous, previous?.id === holder?.id ? claimant : null, winner)
}

export function heldByOtherNotice(fields: OutcomeFields, { intention }: NoticeFacts, words: TakeWords): Told {
  const { heldByOther } = words
  const winner = nameBehind(fields.holder ?? null, fields.claim?.by, partySeen(intention))
  if (winner === null) {
    return {
      tone: 'warn',
      glyph: 'free',
      title: heldByOther.freeAgain(intention.draftName),
      text: heldByOther.tryOnce,
      actions: ['take'],
      stays: true,
    }
  }
  if (fields.confirmedBy !== undefined) {
    const loser = loserOf(fields, intention)
    return {
      tone: 'warn',
      glyph: 'held',
      title: heldByOther.lostAgain(winner, intention.draftName),
      text: loser === null ? heldByOther.hadBeenFree : heldByOther.mayBeLost(loser),
      actions: ['take-over'],
      stays: true,
    }
  }
  const isUnmoved = fields.holder?.id === intention.holder?.id
  return {
    tone: 'warn',
    glyph: 'held',
    title: isUnmoved
      ? heldByOther.keepsIt(winner, intention.draftName)
      : heldByOther.gotIt(winner, intention.draftName),
    text: isUnmoved ? heldByOther.cloudKept : heldByOther.nothingLost,
    actions: ['take-over'],
    stays: true,
  }
}

export function holderChangedNotice(fields: OutcomeFields, { intention }: NoticeFacts, words: TakeWords): Told {
  const { holderChanged } = words
  const holder = nameBehind(fields.holder ?? null, fields.claim?.by, partySeen(intention))
  return {
    tone: 'warn',
    glyph: holder === null ? 'free' : 'held',
    title:
      holder === null ? holderChanged.freed(intention.draftName) : holderChanged.taken(holder, intention.draftName),
    text: holderChanged.text,
    actions: holder === null ? ['take'] : ['take-over'],
    stays: true,
  }
}

export function refusedNotice(fields: OutcomeFields, { intention, identity }: NoticeFacts, words: TakeWords): Told {
  const { refused } = words
  const who = identity ?? refused.theIdentity
  const why =
    fields.layer === 'ram'
      ? refused.ram(who)
      : fields.layer === 'namespace-role'
        ? refused.namespaceRole(who, intention.ref.namespace)
        : refused.unspecified
  return {
    tone: 'error',
    glyph: 'denied',
    title: refused.title(intention.draftName),
    text: joined(why, fields.errorCode && refused.withCode(fields.errorCode), refused.nothingChanged),
    actions: ['copy-details'],
    stays: true,
  }
}

export function unknownNotice(fields: OutcomeFields, { intention }: NoticeFacts, words: TakeWords): Told {
  const { unknown } = words
  return {
    tone: 'warn',
    glyph: 'unknown',
    title: unknown.title(intention.draftName),
    text: joined(unknown.text, fields.holder && unknown.namesStranger(fields.holder.id)),
    actions: ['copy-details'],
    stays: true,
  }
}

/** What each of the five outcomes tells. */
export function outcomeNotice(outcome: TakeOutcome, facts: NoticeFacts, words: TakeWords): Told {
  switch (outcome.outcome) {
    case 'taken':
      return takenNotice(outcome, facts, words)
    case 'already-yours':
      return {
        tone: 'mine',
        glyph: 'yours',
        title: words.alreadyYours.title(facts.intention.draftName),
        announced: words.alreadyYours.title(facts.intention.draftName),
        text: words.alreadyYours.text,
        actions: ['open-editor'],
        stays: false,
      }
    case 'held-by-other':
      return heldByOtherNotice(outcome, facts, words)
    case 'refused':
      return refusedNotice(outcome, facts, words)
    case 'unknown':
      return unknownNotice(outcome, facts, words)
  }
}

import type { Problem, ProblemCode, TakeOutcome } from '@lockdesk/contract'
import type { TakeAnswer } from './answer.ts'
import type { Intention } from './intention.ts'
import { nameBehind } from './intention.ts'
import type { TakeWords } from './words.en.ts'

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

type Told = Omit<Notice, 'requestId'>

/** What an outcome and the problem that carries one have in common. */
type OutcomeFields = Pick<Problem, 'holder' | 'claim' | 'layer' | 'errorCode'>

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
          ? taken.claimMoved(before, identity ?? previous.name)
          : taken.wasHeld(before),
      outcome.confirmedBy === 'answer' && taken.byAnswer,
      taken.noRelease,
    ),
    actions: outcome.claim?.reason ? ['open-editor'] : ['open-editor', 'add-reason'],
    stays: false,
  }
}

function heldByOtherNotice(fields: OutcomeFields, { intention }: NoticeFacts, words: TakeWords): Told {
  const { heldByOther } = words
  const winner = nameBehind(fields.holder ?? null, fields.claim?.by)
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

function holderChangedNotice(fields: OutcomeFields, { intention }: NoticeFacts, words: TakeWords): Told {
  const { holderChanged } = words
  const holder = nameBehind(fields.holder ?? null, fields.claim?.by)
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

function refusedNotice(fields: OutcomeFields, { intention, identity }: NoticeFacts, words: TakeWords): Told {
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

function unknownNotice(fields: OutcomeFields, { intention }: NoticeFacts, words: TakeWords): Told {
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

function outcomeNotice(outcome: TakeOutcome, facts: NoticeFacts, words: TakeWords): Told {
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

/** When to try again, in words: whole seconds up to a minute and a half, then minutes. */
export function waitInWords(ms: number | null, words: TakeWords): string {
  if (ms === null) return words.wait.later
  const seconds = Math.ceil(ms / 1000)
  return seconds <= 90 ? words.wait.seconds(seconds) : words.wait.minutes(Math.ceil(seconds / 60))
}

function problemNotice(answer: TakeAnswer & { kind: 'problem' }, facts: NoticeFacts, words: TakeWords): Told {
  const { problem } = answer
  const { draftName: draft, ref } = facts.intention
  const said = words.problems
  const wait = waitInWords(answer.retryAfterMs, words)
  const failed = (title: string, text: string): Told => ({
    tone: 'error',
    glyph: 'failed',
    title,
    text,
    actions: ['copy-details'],
    stays: true,
  })
  const denied = (title: string, text: string): Told => ({ ...failed(title, text), glyph: 'denied' })
  const toldByCode: Record<ProblemCode, () => Told> = {
    'held-by-other': () => heldByOtherNotice(problem, facts, words),
    'holder-changed': () => holderChangedNotice(problem, facts, words),
    refused: () => refusedNotice(problem, facts, words),
    unknown: () => unknownNotice(problem, facts, words),
    'take-pending': () => ({
      ...failed(said.pending.title(draft), said.pending.text),
      tone: 'warn',
      glyph: 'unknown',
      actions: [],
    }),
    'policy-hard': () => denied(said.policyHard.title(ref.namespace), said.policyHard.text(draft)),
    'no-right': () => denied(said.noRight.title(draft), said.noRight.text(problem.right ?? 'take', ref.namespace)),
    'cloud-unavailable': () => failed(said.cloudUnavailable.title(draft), said.cloudUnavailable.text),
    'ledger-unavailable': () => failed(said.ledgerUnavailable.title(draft), said.ledgerUnavailable.text),
    throttled: () => failed(said.throttled.title(draft), said.throttled.text(wait)),
    'too-many': () => failed(said.tooMany.title, said.tooMany.text(wait)),
    'draft-gone': () => failed(said.draftGone.title(draft), said.draftGone.text),
    'not-found': () => failed(said.notFound.title(draft), said.notFound.text),
    'not-signed-in': () => failed(said.notSignedIn.title, said.notSignedIn.text(draft)),
    'wrong-credentials': () => failed(said.notSignedIn.title, said.notSignedIn.text(draft)),
    'password-change-needed': () => failed(said.passwordChangeNeeded.title, said.passwordChangeNeeded.text(draft)),
    'foreign-origin': () => failed(said.foreignOrigin.title(draft), said.foreignOrigin.text),
    'bad-request': () => failed(said.badRequest.title(draft), said.badRequest.text),
    'unsupported-type': () => failed(said.badRequest.title(draft), said.badRequest.text),
    'method-not-allowed': () => failed(said.badRequest.title(draft), said.badRequest.text),
    'too-large': () => failed(said.tooLarge.title(draft), said.tooLarge.text),
    internal: () => failed(said.internal.title(draft), said.internal.text),
  }
  // A newer server may know a code that this page does not: what is not understood is not certain either.
  return (toldByCode[problem.code] ?? toldByCode.internal)()
}

/** The words for whatever came back of a take. Every outcome and every code of the closed list has its own. */
export function noticeOf(answer: TakeAnswer, facts: NoticeFacts, words: TakeWords): Notice {
  if (answer.kind === 'outcome') {
    const { requestId } = answer.outcome
    return { ...outcomeNotice(answer.outcome, facts, words), ...(requestId && { requestId }) }
  }
  if (answer.kind === 'problem') {
    const { requestId } = answer.problem
    return { ...problemNotice(answer, facts, words), ...(requestId && { requestId }) }
  }
  return {
    tone: 'warn',
    glyph: 'unknown',
    title: words.lost.title(facts.intention.draftName),
    text: words.lost.text,
    actions: [],
    stays: true,
  }
}

/** Whether who holds the draft is not certain after this answer, so that the board must be read again. */
export function isUncertain(answer: TakeAnswer): boolean {
  if (answer.kind === 'lost') return true
  return answer.kind === 'problem' && (answer.problem.code === 'unknown' || answer.problem.code === 'internal')
}

/** What support needs, as lines for the clipboard. */
export function detailsOf(answer: TakeAnswer, { intention }: NoticeFacts): string {
  const { workspace, namespace, draftId } = intention.ref
  const lines = [`draft: ${intention.draftName}`, `ref: ${workspace}/${namespace}/${draftId}`]
  if (answer.kind === 'problem') {
    const { problem } = answer
    lines.push(`code: ${problem.code}`, `status: ${problem.status}`)
    if (problem.layer) lines.push(`layer: ${problem.layer}`)
    if (problem.errorCode) lines.push(`cloud code: ${problem.errorCode}`)
    if (problem.detail) lines.push(`detail: ${problem.detail}`)
    if (problem.requestId) lines.push(`request: ${problem.requestId}`)
  } else if (answer.kind === 'outcome') {
    lines.push(`outcome: ${answer.outcome.outcome}`)
    if (answer.outcome.requestId) lines.push(`request: ${answer.outcome.requestId}`)
  }
  return lines.join('\n')
}

import type { Claim, Holder, Layer, TakeOutcome } from '@lockdesk/contract'
import type { LockAnswer } from '@lockdesk/flink-client'
import type { CloudHolder, DraftState } from '../ledger/draft-state.ts'
import { ProblemError, type ProblemFacts } from '../http/problem.ts'
import { type Onlooker, presentClaim, presentHolder } from '../ledger/present-holder.ts'
import { waitSeconds } from './cloud-fault.ts'
import type { Decision } from './decide.ts'
import type { Sent } from './send-take.ts'
import * as words from './words.ts'

/** Turns how a take ended into what the caller is told: the outcome where it holds the lock, else a problem with the same fields. */
export interface TakeTelling {
  onlooker: Onlooker
  /** The draft as read before anything was sent. */
  before: DraftState
}

/** The fields that every answer to a take has. */
export function outcomeOf(
  { onlooker, before }: TakeTelling,
  now: DraftState,
  eventId: string | null,
  outcome: TakeOutcome['outcome'],
): TakeOutcome {
  return {
    outcome,
    previousHolder: holderOf(before, onlooker),
    holder: holderOf(now, onlooker),
    claim: claimOf(now, onlooker),
    eventId,
  }
}

/** @throws ProblemError whatever does not leave the caller with the lock */
export function answerSent(
  telling: TakeTelling,
  sent: Sent,
  told: { identity: string; namespace: string },
): TakeOutcome {
  const { decision, answer, written } = sent
  const { onlooker, before } = telling
  if (!written) {
    const base = outcomeOf(telling, before, null, 'unknown')
    throw new ProblemError('unknown', factsOf(words.unwritten, { ...base, holder: null, claim: null }, answer))
  }
  const { closing, draft } = written
  const { requestId } = answer
  if (decision.outcome === 'draft-gone')
    throw new ProblemError('draft-gone', {
      detail: words.draftGoneAfterSending,
      ...(requestId !== undefined && { requestId }),
    })
  const holder = holderAfter(decision, draft, onlooker)
  const outcome: TakeOutcome = {
    outcome: decision.outcome,
    previousHolder: holderOf(before, onlooker),
    holder,
    claim: holder !== null && holder.id === draft.lock?.holder.id ? claimOf(draft, onlooker) : null,
    eventId: closing.id,
    ...(requestId !== undefined && { requestId }),
  }
  switch (decision.outcome) {
    case 'taken':
      return { ...outcome, confirmedBy: decision.got.confirmedBy }
    case 'held-by-other': {
      const name = words.nameOf(outcome.holder, outcome.claim)
      const sentence =
        decision.holder === null
          ? words.freeAgain(words.nameOf(holderOr(decision.named, draft.ref.workspace, onlooker), null))
          : decision.got
            ? words.lostAgain(name)
            : words.heldByOther(name)
      const got = decision.got && { confirmedBy: decision.got.confirmedBy }
      throw new ProblemError('held-by-other', factsOf(sentence, { ...outcome, ...got }, answer))
    }
    case 'refused':
      throw refusal(decision.layer, outcome, answer, told)
    case 'unknown':
      throw new ProblemError(
        'unknown',
        factsOf(decision.stranger ? words.stranger(decision.stranger.id) : words.outcomeUnknown, outcome, answer),
      )
  }
}

function refusal(
  layer: Layer,
  outcome: TakeOutcome,
  answer: LockAnswer,
  { identity, namespace }: { identity: string; namespace: string },
): ProblemError {
  const told = { ...outcome, layer }
  switch (layer) {
    case 'ram':
      return new ProblemError('refused', factsOf(words.refusedByRam(identity), told, answer))
    case 'namespace-role':
      return new ProblemError('refused', factsOf(words.refusedByRole(identity, namespace), told, answer))
    case 'unspecified':
      return new ProblemError('refused', factsOf(words.refusedWithoutReason, told, answer))
    case 'gateway': {
      const askedMs = answer.kind === 'rejected' ? answer.retryAfterMs : undefined
      const retryAfterSeconds = waitSeconds(askedMs)
      return new ProblemError('throttled', { ...factsOf(words.throttled, told, answer), retryAfterSeconds })
    }
  }
}

function factsOf(detail: string, outcome: TakeOutcome, answer: LockAnswer): ProblemFacts {
  const errorCode = answer.kind === 'granted' ? undefined : answer.errorCode
  return {
    detail,
    outcome,
    ...(answer.requestId !== undefined && { requestId: answer.requestId }),
    ...(errorCode !== undefined && { errorCode }),
  }
}

/** Whom a decision leaves as the holder, as far as it says. Of an outcome not known only a stranger's id is worth telling. */
function holderAfter(
  decision: Exclude<Decision, { outcome: 'draft-gone' }>,
  draft: DraftState,
  onlooker: Onlooker,
): Holder | null {
  const { workspace } = draft.ref
  switch (decision.outcome) {
    case 'taken': {
      const { holder } = decision.got
      return holder.id === draft.lock?.holder.id ? holderOf(draft, onlooker) : holderOr(holder, workspace, onlooker)
    }
    case 'held-by-other':
      return holderOr(decision.holder, workspace, onlooker)
    case 'unknown':
      return holderOr(decision.stranger, workspace, onlooker)
    case 'refused':
      return holderOf(draft, onlooker)
  }
}

function holderOr(holder: CloudHolder | null | undefined, workspace: string, onlooker: Onlooker): Holder | null {
  return holder ? presentHolder(holder, workspace, null, onlooker) : null
}

function holderOf({ lock, ref }: DraftState, onlooker: Onlooker): Holder | null {
  return lock && presentHolder(lock.holder, { ...ref, at: lock.since.by }, lock.claim, onlooker)
}

function claimOf({ lock }: DraftState, { names }: Onlooker): Claim | null {
  return lock?.claim ? presentClaim(lock.claim, names) : null
}

import type { Problem, ProblemCode } from '@lockdesk/contract'
import { faultOfCode } from '../../ui/reading-fault.ts'
import type { TakeAnswer } from './answer.ts'
import type { NoticeFacts, Told } from './notice-type.ts'
import { heldByOtherNotice, holderChangedNotice, refusedNotice, unknownNotice } from './outcome-notice.ts'
import type { TakeWords } from './words.en.ts'

/** When to try again, in words: whole seconds up to a minute and a half, then minutes. */
export function waitInWords(ms: number | null, words: TakeWords): string {
  if (ms === null) return words.wait.later
  const seconds = Math.ceil(ms / 1000)
  return seconds <= 90 ? words.wait.seconds(seconds) : words.wait.minutes(Math.ceil(seconds / 60))
}

/** Why the draft could not be read before taking it: by the cloud's own code, else as the server says it. */
function cloudText({ errorCode, detail }: Problem, words: TakeWords): string {
  const { text, soon, causes, otherwise } = words.problems.cloudUnavailable
  const cause = faultOfCode(errorCode)
  if (cause !== undefined) return `${text} ${causes[cause]}`
  return otherwise(detail, errorCode) || `${text} ${soon}`
}

/** What each code of the closed list tells. */
export function problemNotice(answer: TakeAnswer & { kind: 'problem' }, facts: NoticeFacts, words: TakeWords): Told {
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
    'cloud-unavailable': () =>
      faultOfCode(problem.errorCode) === 'throttled'
        ? toldByCode.throttled()
        : failed(said.cloudUnavailable.title(draft), cloudText(problem, words)),
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

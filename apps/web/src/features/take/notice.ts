import type { BoardDraft } from '@lockdesk/contract'
import { draftTitle } from '../../ui/shown-name.ts'
import type { TakeAnswer } from './answer.ts'
import { nameBehind } from './intention.ts'
import type { Notice, NoticeFacts } from './notice-type.ts'
import { outcomeNotice } from './outcome-notice.ts'
import { problemNotice } from './problem-notice.ts'
import type { TakeWords } from './words.en.ts'

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

/** Whether the take is pending: the server settles it, and the board will say how it ended. */
export function isPending(answer: TakeAnswer): boolean {
  return answer.kind === 'problem' && answer.problem.code === 'unknown'
}

/** How a take ended that was not known at first, as the board shows it now. */
export function settledNotice(draft: BoardDraft, mine: boolean, words: TakeWords): Notice {
  const { settled, taken } = words
  const holder = nameBehind(draft.lock?.holder ?? null, draft.lock?.claim?.by)
  const name = draftTitle(draft.name, draft.ref.draftId)
  const title = mine ? settled.mine(name) : settled.notMine(name)
  return {
    tone: mine ? 'mine' : 'plain',
    glyph: mine ? 'yours' : holder === null ? 'free' : 'held',
    title,
    announced: title,
    text: mine ? taken.noRelease : holder === null ? settled.free : settled.heldBy(holder),
    actions: mine ? ['open-editor'] : holder === null ? ['take'] : ['take-over'],
    stays: !mine,
  }
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

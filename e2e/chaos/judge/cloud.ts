import type { TrueDraft } from '../truth.ts'
import { type History, type Line, type Violation, isTransition } from './history.ts'

type CloudHistory = Pick<History, 'lines' | 'truth' | 'sweeps' | 'clockSlackMs'>

/**
 * I5 to I7: the ledger beside the cloud. After quiet they agree; what the ledger tells happened, in that order and within the times it names; and
 * what stood still over two sweeps is told.
 */
export function judgeCloud({ lines, truth, sweeps, clockSlackMs }: CloudHistory): Violation[] {
  const linesOf = Map.groupBy(
    lines.filter(line => isTransition(line)),
    line => line.draft_id,
  )
  return truth.flatMap(draft => {
    const own = linesOf.get(draft.draftId) ?? []
    return [
      ...judgeEnd(draft, own),
      ...judgeTold(draft, own, clockSlackMs),
      ...(draft.isLeftToColleagues ? judgeMissing(draft, own, sweeps.get(draft.namespace) ?? [], clockSlackMs) : []),
    ]
  })
}

function judgeEnd({ draftId, states }: TrueDraft, lines: readonly Line[]): Violation[] {
  const told = lines.at(-1)?.to_id ?? null
  const truly = states.at(-1)?.holderId ?? null
  return told === truly
    ? []
    : [{ invariant: 'I6', words: `${draftId} is held by ${truly}, and the ledger says ${told}` }]
}

/** Each transition must be one that happened, after the one told before it, and within its interval. Some may be left out. */
function judgeTold(draft: TrueDraft, lines: readonly Line[], slackMs: number): Violation[] {
  const found: Violation[] = []
  let at = -1
  for (const line of lines) {
    if (line.from_id === line.to_id && line.kind !== 'deleted') continue // the claim moved, which the cloud knows nothing of
    const happened = draft.states.findIndex(
      (state, index) => index > at && isIt(state, line) && isWithin(state.since, line, slackMs),
    )
    if (happened >= 0) {
      at = happened
      continue
    }
    const later = draft.states.findIndex((state, index) => index > at && isIt(state, line))
    const when = draft.states[later]?.since
    const why = when === undefined ? 'never happened' : `happened at ${when}, not in ${line.at_after} to ${line.at_by}`
    found.push({
      invariant: 'I7',
      words: `number ${line.number} (${line.kind} ${line.from_id} to ${line.to_id}) ${why}`,
    })
    if (later >= 0) at = later
  }
  return found
}

const isIt = (state: TrueDraft['states'][number], line: Line) =>
  state.isDeleted === (line.kind === 'deleted') && state.holderId === line.to_id
const isWithin = (at: number, { at_after, at_by }: Line, slackMs: number) =>
  (at_after === null || at_after - slackMs <= at) && at <= at_by + slackMs

/** A state that began before one committed sweep did, and lasted until the next one began, lies around a whole sweep: it must be told. */
function judgeMissing(
  draft: TrueDraft,
  lines: readonly Line[],
  sweeps: readonly number[],
  slackMs: number,
): Violation[] {
  return draft.states.flatMap((state, index): Violation[] => {
    const until = draft.states[index + 1]?.since ?? Number.POSITIVE_INFINITY
    const whole = sweeps.findIndex(start => start > state.since + slackMs)
    const next = whole < 0 ? undefined : sweeps[whole + 1]
    if (state.isDeleted || next === undefined || next + slackMs >= until) return []
    const known = lines.findLast(line => line.recorded_at <= next)?.to_id ?? null
    if (known === state.holderId) return []
    const words = `${draft.draftId} was held by ${state.holderId} from ${state.since} over two sweeps, and the ledger said ${known}`
    return [{ invariant: 'I5', words }]
  })
}

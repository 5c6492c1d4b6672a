import { type History, type Line, type Violation, isTransition } from './history.ts'

/**
 * I1 to I4: the ledger by itself. Each transition begins where the one before it ended, none is told twice, numbers have no gap, and the chain
 * holds. What the ledger's own check finds beyond that is told under the invariant that its words name.
 */
export function judgeOrder({ lines, complaints }: Pick<History, 'lines' | 'complaints'>): Violation[] {
  const found: Violation[] = []
  const last = new Map<string, Line>()
  lines.forEach((line, index) => {
    if (line.number !== index + 1)
      found.push({ invariant: 'I3', words: `number ${line.number} stands at ${index + 1}` })
    if (line.draft_id === null || !isTransition(line)) return
    const before = last.get(line.draft_id)
    last.set(line.draft_id, line)
    if ((before?.to_id ?? null) !== line.from_id)
      found.push({
        invariant: 'I1',
        words: `number ${line.number} comes from ${line.from_id}, but ${before?.to_id ?? null} held`,
      })
    if (before && isSaidAgain(before, line))
      found.push({ invariant: 'I2', words: `number ${line.number} says again what ${before.number} says` })
  })
  return [...found, ...complaints.flatMap(told)]
}

/** A transition of the same draft to the same holder, from the same reading, or one that changes nothing. */
function isSaidAgain(before: Line, line: Line): boolean {
  if (before.kind === 'deleted' && line.kind === 'deleted') return true
  const isSame = before.to_id === line.to_id && before.to_claim === line.to_claim && line.from_id === before.from_id
  return isSame && line.how === 'observed' && before.how === 'observed' && line.from_claim === line.to_claim
}

function told(words: string): Violation[] {
  if (/comes from/.test(words)) return [] // counted above
  if (/does not fit/.test(words)) return [{ invariant: 'I4', words }]
  if (/intent/.test(words)) return [{ invariant: 'I8', words }]
  if (/is held by/.test(words)) return [{ invariant: 'I6', words }]
  return [{ invariant: 'I1', words }]
}

import type { History, Violation } from './history.ts'

/** I8: no getLock without an intent that was durable before; every intent has an end; whoever was told something finds it in the ledger. */
export function judgeTakes(history: History): Violation[] {
  const { lines, getLocks, getLocksCounted, told, pairs, clockSlackMs } = history
  const found: Violation[] = []
  const intents = lines.filter(({ kind }) => kind === 'intent')
  if (getLocksCounted > intents.length)
    found.push({
      invariant: 'I8',
      words: `the cloud counted ${getLocksCounted} getLocks, and there are ${intents.length} intents`,
    })

  const sentOf = new Map<string, number>()
  for (const { draftId, at } of getLocks.toSorted((one, other) => one.at - other.at)) {
    const sent = (sentOf.get(draftId) ?? 0) + 1
    sentOf.set(draftId, sent)
    const written = intents.filter(
      ({ draft_id, recorded_at }) => draft_id === draftId && recorded_at <= at + clockSlackMs,
    ).length
    if (written < sent)
      found.push({ invariant: 'I8', words: `getLock ${sent} of ${draftId} was sent with ${written} intents written` })
  }

  for (const [draftId, sent] of sentOf) {
    const written = intents.filter(({ draft_id }) => draft_id === draftId).length
    if (written < sent)
      found.push({
        invariant: 'I8',
        words: `${sent} getLocks of ${draftId} were sent, and there are ${written} intents`,
      })
  }

  const ends = new Map(lines.flatMap(line => (line.intent_id === null ? [] : [[line.intent_id, line]])))
  for (const { id, number } of intents)
    if (!ends.has(id)) found.push({ invariant: 'I8', words: `the intent of number ${number} has no end` })
  for (const draftId of history.stillPending)
    found.push({ invariant: 'I8', words: `a take of ${draftId} is still pending` })

  const byId = new Map(lines.map(line => [line.id, line]))
  for (const { eventId, outcome, draftId, person, status, replica } of told) {
    if (status < 0) found.push({ invariant: 'end', words: `${replica} never answered ${person}'s take of ${draftId}` })
    if (eventId === null) continue
    const line = byId.get(eventId)
    if (line === undefined || line.draft_id !== draftId)
      found.push({
        invariant: 'told',
        words: `${person} was told ${outcome} of ${draftId} by ${eventId}, which is not in the ledger`,
      })
    else if (outcome === 'taken' && line.outcome !== 'taken')
      found.push({
        invariant: 'told',
        words: `${person} was told taken of ${draftId}, and the ledger says ${line.outcome}`,
      })
  }

  for (const pair of pairs) {
    const taken = pair.filter(({ outcome }) => outcome === 'taken').length
    const isAnswered = pair.every(({ status }) => status === 200 || status === 409)
    if (taken > 1 || (isAnswered && taken === 0))
      found.push({
        invariant: 'pairs',
        words: `of ${pair.length} takes of ${pair[0]?.draftId} ${taken} were told taken`,
      })
  }
  if (history.getLocksWhileLooking > 0)
    found.push({ invariant: 'I10', words: `${history.getLocksWhileLooking} getLocks while people only looked` })
  return found
}

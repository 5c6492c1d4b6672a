import { transitionKinds } from '@lockdesk/contract'
import type { Database } from '../database/schema.ts'
import { checkHolds } from './check-holds.ts'
import type { Entry } from './ledger.ts'
import { type VerifyOptions, verifyChain } from './verify-chain.ts'

/**
 * Everything that must hold of a ledger at any time, as a list of what does not: numbers without a gap, the chain whole and its checkpoints with
 * it, `from` of a transition equal to `to` of the one before it, every intent with at most one end beside `unknown`, which ends only one that a
 * later take overtook, the drafts' present state as the entries tell it, and the holds that the entries make. Where entries were let go of, it begins with those that are kept: of
 * a draft's first transition among them nobody can tell what came before.
 */
export async function checkLedger(database: Database, options: VerifyOptions = {}): Promise<string[]> {
  const { from, faults } = await verifyChain(database, options)
  const entries = await database
    .selectFrom('entries')
    .selectAll()
    .where('number', '>=', from)
    .orderBy('number')
    .execute()
  const violations = [...faults]
  const isWhole = from === 1
  const holders = new Map<string, { id: string | null; claim: string | null }>()
  const ends = new Map<string, string[]>()
  for (const entry of entries) {
    if (entry.intent_id !== null && entry.outcome !== 'unknown')
      ends.set(entry.intent_id, [...(ends.get(entry.intent_id) ?? []), entry.outcome ?? ''])
    if (!isTransition(entry)) continue
    const key = keyOf(entry)
    const { id, claim } = holders.get(key) ?? (isWhole ? nobody : { id: entry.from_id, claim: entry.from_claim })
    if (entry.from_id !== id) violations.push(`entry ${entry.number} comes from ${entry.from_id}, but ${id} held`)
    if (entry.from_claim !== claim)
      violations.push(`entry ${entry.number} ends the claim of ${entry.from_claim}, but it was ${claim}'s`)
    if (entry.at_after !== null && entry.at_after > entry.at_by)
      violations.push(`entry ${entry.number} ends before it begins`)
    holders.set(key, { id: entry.to_id, claim: entry.to_claim })
  }
  for (const [intent, outcomes] of ends)
    if (outcomes.length > 1) violations.push(`intent ${intent} ended ${outcomes.length} times: ${outcomes.join(', ')}`)
  const open = new Set((await database.selectFrom('intents').select('id').execute()).map(({ id }) => id))
  for (const intent of entries) {
    if (intent.kind !== 'intent') continue
    const { id } = intent
    if (open.has(id) && ends.has(id)) violations.push(`intent ${id} is open and has an end`)
    if (!open.has(id) && !ends.has(id) && !entries.some(entry => overtakes(entry, intent)))
      violations.push(`intent ${id} is closed and has none`)
  }
  for (const row of await database.selectFrom('drafts').selectAll().execute()) {
    const told = holders.get(keyOf(row)) ?? (isWhole ? nobody : { id: row.holder_id, claim: row.claim_person })
    if (row.claim_person !== null && row.holder_id === null) violations.push(`${row.name} claims what nobody holds`)
    if (row.claim_person === null && row.claim_reason !== null)
      violations.push(`${row.name} has a reason without a claim`)
    if (row.holder_id !== told.id || row.claim_person !== told.claim)
      violations.push(`${row.name} is held by ${row.holder_id}, but its entries say ${told.id}`)
  }
  return [...violations, ...(await checkHolds(database, entries))]
}

const nobody = { id: null, claim: null }

/** A later take of the same draft got the lock: what became of the earlier one can be `unknown` for good. */
const overtakes = (entry: Entry, intent: Entry) =>
  entry.number > intent.number &&
  isTransition(entry) &&
  entry.intent_id !== null &&
  entry.intent_id !== intent.id &&
  keyOf(entry) === keyOf(intent)

const isTransition = (entry: Entry) => (transitionKinds as readonly string[]).includes(entry.kind)

const keyOf = (row: { workspace: string; namespace: string; draft_id: string | null }) =>
  JSON.stringify([row.workspace, row.namespace, row.draft_id])

import { createHash } from 'node:crypto'
import type { Entry } from './ledger.ts'

/** What stands in the place of a predecessor before entry number 1. */
export const genesis = '0'.repeat(64)

/**
 * The fields that a hash covers, in the order in which it does. Everything that an entry says is in here; a new field is
 * appended, so that old entries keep their hashes. Names of Lockdesk's own people are not among them: they can be erased.
 */
export const covered = [
  'number',
  'id',
  'kind',
  'how',
  'known',
  'workspace',
  'namespace',
  'draft_id',
  'draft_name',
  'from_id',
  'from_name',
  'to_id',
  'to_name',
  'from_claim',
  'to_claim',
  'claim_at',
  'claim_on_behalf_of',
  'at_after',
  'at_by',
  'recorded_at',
  'actor_id',
  'token',
  'reason',
  'outcome',
  'intent_id',
  'request_id',
  'identity',
  'count',
] as const satisfies readonly Exclude<keyof Entry, 'prev' | 'hash'>[]

/** An entry before it has its place in the chain. */
export type UnchainedEntry = Omit<Entry, 'prev' | 'hash'>

/** Everything that an entry says, as the list that its hash covers. */
export function saidBy(entry: UnchainedEntry): (string | number | null)[] {
  return covered.map(field => entry[field])
}

/** SHA-256, in lower-case hex, over the predecessor's hash and everything that the entry says. */
export function hashOf(prev: string, entry: UnchainedEntry): string {
  return hashOfSaid(prev, saidBy(entry))
}

/** The same of a list that {@link saidBy} made. */
export function hashOfSaid(prev: string, said: readonly (string | number | null)[]): string {
  return createHash('sha256').update(prev).update('\n').update(JSON.stringify(said)).digest('hex')
}

/** Gives an entry its place behind `prev`. */
export function chain(prev: string, entry: UnchainedEntry): Entry {
  return { ...entry, prev, hash: hashOf(prev, entry) }
}

/** Whether an entry fits behind its predecessor; `null` stands before number 1. */
export function fits(before: Pick<Entry, 'number' | 'hash'> | null, entry: Entry): boolean {
  return (
    entry.number === (before?.number ?? 0) + 1 &&
    entry.prev === (before?.hash ?? genesis) &&
    entry.hash === hashOf(entry.prev, entry)
  )
}

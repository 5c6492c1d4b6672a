import { randomUUID } from 'node:crypto'
import type { EventKind, NamespaceRef } from '@lockdesk/contract'
import type { Database, Tx } from '../database/schema.ts'
import { chain, genesis } from './chain.ts'
import { inSlices } from './in-slices.ts'
import type { Entry } from './ledger.ts'

/** What an entry says beyond its kind, its place and its time; what is not given is null. */
export type NewEntry = {
  kind: EventKind
  how: Entry['how']
  at_after: number | null
  at_by: number
} & Partial<Omit<Entry, 'number' | 'recorded_at' | 'prev' | 'hash'>> &
  NamespaceRef

/** Where the chain ends: number and hash of the newest entry. */
export async function chainEnd(database: Database): Promise<Pick<Entry, 'number' | 'hash'>> {
  const newest = await database
    .selectFrom('entries')
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest ?? { number: 0, hash: genesis }
}

/**
 * Numbers, chains and inserts entries in the given order. The caller holds the right to write, so nobody else can number at the same time.
 * @param recordedAt the clock's time of this transaction
 */
export async function appendEntries(tx: Tx, drafts: readonly NewEntry[], recordedAt: number): Promise<Entry[]> {
  let end = await chainEnd(tx)
  const entries: Entry[] = []
  // A statement takes about 32,000 values.
  for await (const slice of inSlices(drafts)) {
    const chained = slice.map(draft => (end = chain(end.hash, complete(draft, end.number + 1, recordedAt))) as Entry)
    await tx.insertInto('entries').values(chained).execute()
    for (const entry of chained) entries.push(entry)
  }
  return entries
}

function complete(draft: NewEntry, number: number, recordedAt: number): Omit<Entry, 'prev' | 'hash'> {
  return {
    id: randomUUID(),
    known: null,
    draft_id: null,
    draft_name: '',
    from_id: null,
    from_name: null,
    to_id: null,
    to_name: null,
    from_claim: null,
    to_claim: null,
    claim_at: null,
    claim_on_behalf_of: null,
    actor_id: null,
    token: null,
    reason: null,
    outcome: null,
    intent_id: null,
    request_id: null,
    identity: null,
    count: null,
    ...draft,
    number,
    recorded_at: recordedAt,
  }
}

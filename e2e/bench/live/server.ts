/** A server that tells many of the same thing. */
export interface LiveServer {
  port: number
  /** Resolves when so many have come since it was last asked. */
  joined(clients: number): Promise<void>
  /** Tells everybody of `count` events with the marks from `mark` on. Resolves when they have been handed on. */
  publish(mark: number, count: number): Promise<void>
}

/** Events from this mark on weigh some twenty times as much. */
export const firstHeavyMark = 1_000

/** An entry as it stands in a ledger; the mark is in its reason, and its name is the longer the more it is to weigh. */
export const entry = (mark: number) => ({
  number: mark + 1,
  id: `entry-${mark}`,
  kind: 'held' as const,
  how: 'observed' as const,
  known: 'bounded' as const,
  workspace: 'a14bd5d90a1234',
  namespace: 'trade-dev',
  draft_id: 'c84d73be-40ad-4627-8bdd-fa1eba51b234',
  draft_name: `dwd_trade_payment_detail_hourly_${'x'.repeat(mark < firstHeavyMark ? 200 : 4_000)}`,
  from_id: null,
  from_name: null,
  to_id: '27846363877456',
  to_name: '王磊',
  from_claim: null,
  to_claim: null,
  claim_at: null,
  claim_on_behalf_of: null,
  at_after: 1_764_000_000_000,
  at_by: 1_764_000_015_000,
  recorded_at: 1_764_000_015_010,
  actor_id: null,
  token: null,
  reason: markOf(mark),
  outcome: null,
  intent_id: null,
  request_id: null,
  identity: null,
  count: null,
  prev: '0'.repeat(64),
  hash: '0'.repeat(64),
})

export const markOf = (mark: number) => `mark ${mark}.`

/** The same as an event, as the API shows it. */
export function eventOf(mark: number) {
  const { prev: _prev, hash: _hash, ...told } = entry(mark)
  return told
}

/** Counts those who come. Who has left is not counted: a server may hear of it late. */
export function doorkeeper() {
  let come = 0
  return {
    enter: () => void (come += 1),
    async joined(clients: number): Promise<void> {
      while (come < clients) await new Promise(resolve => setTimeout(resolve, 20))
      come = 0
    },
  }
}

import { type Claim, type LockEvent, transitionKinds } from '@lockdesk/contract'
import type { Entry, Ledger } from './ledger.ts'
import {
  type Onlooker,
  instant,
  presentClaim,
  presentHolder,
  presentInterval,
  presentPerson,
} from './present-holder.ts'

/** Entries as the API shows them; names are read once for all of them. */
export async function presentEvents(
  entries: readonly Entry[],
  ledger: Pick<Ledger, 'names' | 'memberOf'>,
  onlooker: Omit<Onlooker, 'names'>,
): Promise<LockEvent[]> {
  const [names, memberOf] = await Promise.all([ledger.names(personsIn(entries)), ledger.memberOf()])
  return entries.map(entry => presentEvent(entry, { ...onlooker, names, memberOf }))
}

/** Ids of Lockdesk's people that entries mention. */
export function personsIn(entries: readonly Entry[]): Set<string> {
  return new Set(entries.flatMap(entry => [entry.actor_id, entry.from_claim, entry.to_claim].filter(id => id !== null)))
}

/** One entry as the API shows it: fields are picked, none is passed on unseen. */
export function presentEvent(entry: Entry, onlooker: Onlooker): LockEvent {
  const { workspace, namespace } = entry
  const holder = (id: string | null, name: string | null, claimant: string | null, onBehalfOf: string | null) => {
    const claim = claimant === null ? null : { personId: claimant, onBehalfOf }
    return id === null
      ? null
      : presentHolder({ id, name: name ?? '' }, { workspace, namespace, at: entry.at_by }, claim, onlooker)
  }
  const claim = claimAfter(entry, onlooker)
  return {
    id: entry.id,
    number: entry.number,
    kind: entry.kind,
    how: entry.how,
    ...(entry.known !== null && { known: entry.known }),
    ref: { workspace, namespace, ...(entry.draft_id !== null && { draftId: entry.draft_id }) },
    draftName: entry.draft_name,
    from: holder(entry.from_id, entry.from_name, entry.from_claim, null),
    to: holder(entry.to_id, entry.to_name, entry.to_claim, entry.claim_on_behalf_of),
    at: presentInterval({ after: entry.at_after, by: entry.at_by }),
    recordedAt: instant(entry.recorded_at),
    ...(entry.actor_id !== null && { actor: presentPerson(entry.actor_id, onlooker.names) }),
    ...(claim && { claim }),
    ...(entry.from_claim !== null && { claimBefore: presentPerson(entry.from_claim, onlooker.names) }),
    ...(entry.token !== null && { token: entry.token }),
    ...(entry.reason !== null && entry.reason !== '' && { reason: entry.reason }),
    ...(entry.outcome !== null && { outcome: entry.outcome }),
    ...(entry.intent_id !== null && { intentId: entry.intent_id }),
    ...(entry.request_id !== null && { requestId: entry.request_id }),
    ...(entry.count !== null && { count: entry.count }),
  }
}

/** An entry's reason is the claim's only where the entry is about that claim: its own transition, by its own person. */
function claimAfter(entry: Entry, { names }: Onlooker): Claim | null {
  if (entry.to_claim === null || entry.claim_at === null) return null
  const isTransition = transitionKinds.some(kind => kind === entry.kind)
  return presentClaim(
    {
      personId: entry.to_claim,
      at: entry.claim_at,
      reason: isTransition && entry.actor_id === entry.to_claim ? entry.reason : null,
      onBehalfOf: entry.claim_on_behalf_of,
    },
    names,
  )
}

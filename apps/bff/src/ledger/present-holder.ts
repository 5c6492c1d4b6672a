import type { Claim, Holder, Interval, NamespaceRef, Person } from '@lockdesk/contract'
import type { MemberOf } from './member-list.ts'
import type { ClaimState, CloudHolder, TimeInterval } from './draft-state.ts'

/** For whom ids are turned into what people read. */
export interface Onlooker {
  /** The holder is the identity that a workspace's takes are signed by, shared by everybody. */
  isService(workspace: string, holderId: string): boolean
  /** Who belongs to a namespace. Absent: nobody knows. */
  memberOf?: MemberOf
  /** Names of Lockdesk's people by id. */
  names: ReadonlyMap<string, string>
  /** The person who looks. Absent where one answer serves many: then nothing says `self`. */
  personId?: string
  /** For whose sake the person looks: another one counts as another person. */
  onBehalfOf?: string
}

/** Where a holder was seen, and when. */
export interface Sighting extends NamespaceRef {
  at: number
}

/** Who stands behind a shared holder, and for whose sake. */
type Claimant = Pick<ClaimState, 'personId' | 'onBehalfOf'>

/** A moment as the API spells it. */
export const instant = (ms: number): string => new Date(ms).toISOString()

export const presentInterval = ({ after, by }: TimeInterval): Interval => ({
  after: after === null ? null : instant(after),
  by: instant(by),
})

/** Somebody whose account was erased goes by the id. */
export const presentPerson = (id: string, names: ReadonlyMap<string, string>): Person => ({
  id,
  name: names.get(id) ?? id,
})

/**
 * Whom the cloud names, as people read it. Told by id, never by name: two people may share one.
 * @param place the workspace, or the namespace with the time at which the holder was seen there: only then it is told who still belongs to it
 * @param claim who stands behind the holder, where several share it: only for whom it is `self`
 */
export function presentHolder(
  holder: CloudHolder,
  place: string | Sighting,
  claim: Claimant | null,
  onlooker: Omit<Onlooker, 'names'>,
): Holder {
  const workspace = typeof place === 'string' ? place : place.workspace
  const isService = onlooker.isService(workspace, holder.id)
  return {
    id: holder.id,
    name: holder.name,
    kind: isService ? 'service' : holder.name === '' ? 'unknown' : 'person',
    ...(onlooker.personId !== undefined && { self: isService && isOwnClaim(claim, onlooker) }),
    member: typeof place === 'string' ? null : memberAt(place, holder.id, isService, onlooker),
  }
}

/** Lockdesk's own identity may take locks, whatever the list of members says: it is told to belong, or nothing is. */
function memberAt(place: Sighting, holderId: string, isService: boolean, { memberOf }: Pick<Onlooker, 'memberOf'>) {
  const isMember = memberOf?.(place, holderId, place.at) ?? null
  return isService && isMember === false ? null : isMember
}

export function presentClaim(claim: ClaimState, names: ReadonlyMap<string, string>): Claim {
  return {
    by: presentPerson(claim.personId, names),
    at: instant(claim.at),
    ...(claim.reason !== null && claim.reason !== '' && { reason: claim.reason }),
    ...(claim.onBehalfOf !== null && { onBehalfOf: claim.onBehalfOf }),
  }
}

function isOwnClaim(claim: Claimant | null, onlooker: Omit<Onlooker, 'names'>): boolean {
  return claim?.personId === onlooker.personId && (claim?.onBehalfOf ?? null) === (onlooker.onBehalfOf ?? null)
}

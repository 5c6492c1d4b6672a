import type { Claim, Holder, Interval, Person } from '@lockdesk/contract'
import type { ClaimState, CloudHolder, TimeInterval } from './draft-state.ts'

/** For whom ids are turned into what people read. */
export interface Onlooker {
  /** The holder is the identity that a workspace's takes are signed by, shared by everybody. */
  isService(workspace: string, holderId: string): boolean
  /** Names of Lockdesk's people by id. */
  names: ReadonlyMap<string, string>
  /** The person who looks. Absent where one answer serves many: then nothing says `self`. */
  personId?: string
  /** For whose sake the person looks: another one counts as another person. */
  onBehalfOf?: string
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
 * @param claim who stands behind the holder, where several share it: only for whom it is `self`
 */
export function presentHolder(
  holder: CloudHolder,
  workspace: string,
  claim: Claimant | null,
  onlooker: Omit<Onlooker, 'names'>,
): Holder {
  const isService = onlooker.isService(workspace, holder.id)
  return {
    id: holder.id,
    name: holder.name,
    kind: isService ? 'service' : holder.name === '' ? 'unknown' : 'person',
    ...(onlooker.personId !== undefined && { self: isService && isOwnClaim(claim, onlooker) }),
    member: null,
  }
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

import type { Holder, Person } from '@lockdesk/contract'

/** Somebody by name and id: a holder of the cloud, or a person of Lockdesk. */
export interface Party {
  id: string
  name: string
}

const isBlank = (text: string) => /^[\s\p{Z}\p{Cf}\u2800\u3164]*$/u.test(text)

/** Other people's text for the eye: without the signs that turn the reading direction, of itself and of what stands beside it. */
export function shown(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
}

/** The end of an id, where the whole would be too long to tell two apart by. */
export const idTail = (id: string): string => `··${id.slice(-5)}`

/** The name as it is shown; the end of the id where the name is empty or blanks only. */
export function partyName({ id, name }: Party): string {
  return isBlank(name) ? `id ${idTail(id)}` : shown(name)
}

/** The name as it is shown beside somebody else: with the end of the id where the two would read the same. */
export function partyNameBeside(party: Party, other: Party | null | undefined): string {
  const name = partyName(party)
  return other && other.id !== party.id && partyName(other) === name ? `${name} ${idTail(party.id)}` : name
}

/** The person who stands behind a hold, else whom the cloud names. */
export function partyBehind(holder: Holder, claimant: Person | null | undefined): Party {
  return claimant && !isBlank(claimant.name) ? claimant : holder
}

/** What a draft is called: by its id where its name is empty or blanks only. */
export function draftTitle(name: string, draftId: string): string {
  return isBlank(name) ? draftId : shown(name)
}

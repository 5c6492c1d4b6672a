import { namespaceOf, wholeNumber, type Call } from './call.ts'
import { successAnswer, type Page } from './envelope.ts'
import type { Answer } from './exchange.ts'
import { builtInKeys, holderOf } from './identities.ts'
import type { Namespace, World } from './world.ts'

/** Somebody who may work in a namespace: an id, and a role that the cloud spells in more than one way. */
export interface Member {
  id: string
  role: string
}

const roles = ['OWNER', 'ADMIN', 'EDITOR', 'EDITOR', 'editor', 'VIEWER'] as const

/** Who belongs to a namespace: whoever was set, else everybody who works in the world, and the service accounts. */
export function membersOf(world: World, namespace: Namespace): Member[] {
  if (namespace.members !== null) return namespace.members
  const people = world.authors.map(({ id }, index) => ({ id, role: roles[index % roles.length] ?? 'EDITOR' }))
  const services = builtInKeys.flatMap(({ identity }) =>
    identity.type === 'RAMUser' ? [{ id: holderOf(identity, 'principalId').id, role: 'EDITOR' }] : [],
  )
  return [...people, ...services]
}

/** Only a member can open the console: whoever takes a lock there is one from then on. */
export function admit(world: World, namespace: Namespace, id: string): void {
  const members = membersOf(world, namespace)
  if (!members.some(member => member.id === id)) namespace.members = [...members, { id, role: 'EDITOR' }]
}

/** Ids come with a prefix and a blank, as in the cloud's own example; names come not at all. */
export function listMembers(call: Call): Answer {
  const members = membersOf(call.world, namespaceOf(call))
  const pageIndex = wholeNumber(call, 'pageIndex', 1, 1, 999_999_999)
  const pageSize = wholeNumber(call, 'pageSize', 10, 1, 100)
  const page: Page = { pageIndex, pageSize, totalSize: members.length }
  const shown = members.slice((pageIndex - 1) * pageSize, pageIndex * pageSize)
  return successAnswer(
    shown.map(({ id, role }) => ({ member: `user: ${id}`, role })),
    call.trace,
    call.switches,
    page,
  )
}

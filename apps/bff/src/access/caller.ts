import { type Binding, type NamespaceRef, type Person, type Role, matchesPattern } from '@lockdesk/contract'
import type { Scope } from '../ledger/scope.ts'

/** Who is asking: the person behind a session, with the rights in force at this request. */
export interface Caller {
  person: Person
  email: string | null
  /** Identifies the session without being able to open it: the hash of its token. */
  sessionId: string
  bindings: readonly Binding[]
  mustChangePassword: boolean
}

const rank: Record<Role, number> = { viewer: 1, editor: 2, admin: 3 }

/** The highest role that the bindings give in a namespace, or null where there is none. */
export function roleIn(bindings: readonly Binding[], { workspace, namespace }: NamespaceRef): Role | null {
  let highest: Role | null = null
  for (const binding of bindings)
    if (matchesPattern(binding.workspace, workspace) && matchesPattern(binding.namespace, namespace))
      if (highest === null || rank[binding.role] > rank[highest]) highest = binding.role
  return highest
}

/** Those of the known namespaces in which the bindings give at least `role`. */
export function scopeOf(bindings: readonly Binding[], known: readonly NamespaceRef[], role: Role = 'viewer'): Scope {
  return known.filter(ref => {
    const own = roleIn(bindings, ref)
    return own !== null && rank[own] >= rank[role]
  })
}

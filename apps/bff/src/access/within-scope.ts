import type { NamespaceRef, Role } from '@lockdesk/contract'
import { nothingThere } from '../http/nothing-there.ts'
import type { Scope } from '../ledger/scope.ts'
import { type Caller, roleIn } from './caller.ts'

/**
 * The caller's role in a namespace.
 * @param known the namespaces that exist for this question
 * @throws ProblemError `not-found`: the caller has no role there, or there is no such namespace; both look the same
 */
export function roleWithin(caller: Pick<Caller, 'bindings'>, ref: NamespaceRef, known: Scope): Role {
  const isKnown = known.some(({ workspace, namespace }) => workspace === ref.workspace && namespace === ref.namespace)
  const role = isKnown ? roleIn(caller.bindings, ref) : null
  if (role === null) throw nothingThere()
  return role
}

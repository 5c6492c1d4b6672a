import type { DraftRef, Role } from '@lockdesk/contract'
import { isStorable } from '../database/storable-text.ts'
import { nothingThere } from '../http/nothing-there.ts'
import type { Scope } from '../ledger/scope.ts'
import { type Caller, roleIn } from './caller.ts'

/**
 * The caller's role in the namespace of a draft.
 * @param known the namespaces that exist for this question
 * @throws ProblemError `not-found`: the caller has no role there, there is no such namespace, or no draft can have the id; all look the same
 */
export function roleWithin(caller: Pick<Caller, 'bindings'>, ref: DraftRef, known: Scope): Role {
  const isKnown = known.some(({ workspace, namespace }) => workspace === ref.workspace && namespace === ref.namespace)
  const role = isKnown && isStorable(ref.draftId) ? roleIn(caller.bindings, ref) : null
  if (role === null) throw nothingThere()
  return role
}

import { type CloudIdentity, type Me, matchesPattern } from '@lockdesk/contract'
import type { Workspace } from '../cloud/workspace.ts'
import type { Caller } from './caller.ts'

/** Who the caller is, and as whom the cloud knows them: what has been told already, nothing is asked for it. */
export function describeMe(caller: Caller, workspaces: Iterable<Workspace>, mode: Me['mode']): Me {
  const identities = [...workspaces]
    .filter(({ id }) => caller.bindings.some(binding => matchesPattern(binding.workspace, id)))
    .map((workspace): CloudIdentity => {
      const known = workspace.identity.known()
      return {
        workspace: workspace.id,
        workspaceName: workspace.name,
        mode: 'service',
        name: known?.name ?? null,
        holderIds: [...(known?.ids ?? [])],
      }
    })
  return {
    person: { ...caller.person, email: caller.email },
    roles: [...caller.bindings],
    mustChangePassword: caller.mustChangePassword,
    holderIds: [...new Set(identities.flatMap(identity => identity.holderIds))],
    identities,
    mode,
  }
}

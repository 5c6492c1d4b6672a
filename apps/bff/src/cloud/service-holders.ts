import type { Workspace } from './workspace.ts'

/** Tells whether a holder is a workspace's own credential, by what is known of it now; nobody is asked. */
export type IsServiceHolder = (workspace: string, holderId: string) => boolean

export function serviceHolders(workspaces: ReadonlyMap<string, Pick<Workspace, 'identity'>>): IsServiceHolder {
  return (workspace, holderId) => workspaces.get(workspace)?.identity.known()?.ids.includes(holderId) ?? false
}

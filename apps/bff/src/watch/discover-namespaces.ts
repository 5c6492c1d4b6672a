import type { NamespaceRef } from '@lockdesk/contract'
import type { Workspace } from '../cloud/workspace.ts'

/**
 * The namespaces of a workspace that are to be watched: the configured ones, or those that the credential may edit.
 * @throws UpstreamError they could not be asked for
 */
export async function discoverNamespaces(workspace: Workspace, signal: AbortSignal): Promise<NamespaceRef[]> {
  if (workspace.namespaces !== '*')
    return workspace.namespaces.map(namespace => ({ workspace: workspace.id, namespace }))
  const editable = await workspace.client.namespaces.listEditable({ purpose: 'sweep', signal })
  const names = editable.filter(found => found.workspace === workspace.id).map(({ namespace }) => namespace)
  return [...new Set(names)].map(namespace => ({ workspace: workspace.id, namespace }))
}

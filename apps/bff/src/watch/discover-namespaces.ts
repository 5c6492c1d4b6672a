import type { NamespaceRef } from '@lockdesk/contract'
import type { Workspace } from '../cloud/workspace.ts'

/**
 * The cloud says that the credential may edit no namespace at all. Once is no reason to forget those that are known: a right that is
 * being changed, or a cloud that has a bad moment, answers just so.
 */
export class NoNamespaces extends Error {
  override readonly name = 'NoNamespaces'
  constructor(known: number) {
    super(
      known === 0
        ? 'The cloud names no namespace that the credential may edit, so there is nothing to watch.'
        : `The cloud names no namespace that the credential may edit. The ${known} known ones are watched on, until it says so again.`,
    )
  }
}

/**
 * The namespaces of a workspace that the credential may edit: those that are to be watched where none are configured.
 * @throws UpstreamError they could not be asked for
 */
export async function discoverNamespaces(workspace: Workspace, signal: AbortSignal): Promise<NamespaceRef[]> {
  const editable = await workspace.client.namespaces.listEditable({ purpose: 'sweep', signal })
  const names = editable.filter(found => found.workspace === workspace.id).map(({ namespace }) => namespace)
  return [...new Set(names)].map(namespace => ({ workspace: workspace.id, namespace }))
}

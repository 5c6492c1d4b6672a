import type { Freshness } from '@lockdesk/contract'

/** How namespaces are called: by their own name, and by their workspace's too where a person sees more than one. */
export function namespaceNames(
  all: readonly Pick<Freshness, 'workspace'>[],
): (one: Pick<Freshness, 'workspaceName' | 'namespace'>) => string {
  const isOne = new Set(all.map(({ workspace }) => workspace)).size <= 1
  return ({ workspaceName, namespace }) => (isOne ? namespace : `${workspaceName} ▸ ${namespace}`)
}

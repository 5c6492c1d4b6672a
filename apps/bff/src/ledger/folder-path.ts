import type { NamespaceState } from '../ledger/draft-state.ts'

/**
 * Names of the folders from the root down to `folderId`, joined by `/`. The root itself has no name worth showing.
 * @returns empty where the folder is the root or is not known (yet)
 */
export function folderPath(folders: NamespaceState['folders'], folderId: string | null): string {
  const names: string[] = []
  const seen = new Set<string>()
  for (let id = folderId; id !== null && !seen.has(id);) {
    const folder = Object.hasOwn(folders, id) ? folders[id] : undefined
    if (!folder || isRoot(folder)) break
    seen.add(id)
    names.unshift(folder.name)
    id = folder.parentId
  }
  return names.join('/')
}

const isRoot = ({ parentId }: { parentId: string | null }) => parentId === null || parentId === ''

/** The paths of one namespace: each is made once. */
export function folderPaths(folders: NamespaceState['folders']): (folderId: string | null) => string {
  const known = new Map<string | null, string>()
  return folderId => {
    const path = known.get(folderId) ?? folderPath(folders, folderId)
    known.set(folderId, path)
    return path
  }
}

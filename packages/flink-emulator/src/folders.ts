import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { documentOf, namespaceOf, type Call } from './call.ts'
import { BusinessError, successAnswer } from './envelope.ts'
import { queryOf, type Answer } from './exchange.ts'
import { addFolder, childFolder, type Folder, type Namespace } from './world.ts'

/** Names its sub-folders, never its drafts; without an id, the root. */
export function readFolder(call: Call): Answer {
  const namespace = namespaceOf(call)
  return answerFolder(call, namespace, folderOr(namespace, queryOf(call.request).get('folderId')))
}

const FolderName = z.string().trim().min(1).max(256)
const NewFolder = z.object({ name: FolderName, parentId: z.string().optional() })
const Change = z.object({ name: FolderName })

export function createFolder(call: Call): Answer {
  const namespace = namespaceOf(call)
  const content = NewFolder.safeParse(documentOf(call))
  if (!content.success) throw new BusinessError('badContent')
  const parent = folderOr(namespace, content.data.parentId)
  if (childFolder(namespace, parent, content.data.name) !== undefined) throw new BusinessError('nameTaken')
  const folder = addFolder(namespace, parent, content.data.name, randomUUID(), Math.floor(call.now / 1000))
  return answerFolder(call, namespace, folder)
}

/** Renames; the root keeps its name. */
export function updateFolder(call: Call): Answer {
  const namespace = namespaceOf(call)
  const { folder, parent } = belowRoot(call, namespace)
  const content = Change.safeParse(documentOf(call))
  if (!content.success) throw new BusinessError('badContent')
  const namesake = childFolder(namespace, parent, content.data.name)
  if (namesake !== undefined && namesake !== folder) throw new BusinessError('nameTaken')
  folder.name = content.data.name
  folder.modifiedAt = Math.floor(call.now / 1000)
  return answerFolder(call, namespace, folder)
}

export function deleteFolder(call: Call): Answer {
  const namespace = namespaceOf(call)
  const { folder } = belowRoot(call, namespace)
  const used = subFolders(namespace, folder).length > 0 || namespace.drafts.some(draft => draft.folderId === folder.id)
  if (used) throw new BusinessError('folderInUse')
  namespace.folders.delete(folder.id)
  return successAnswer(undefined, call.trace, call.switches)
}

function folderOr(namespace: Namespace, folderId: string | null | undefined): Folder {
  if (folderId === null || folderId === undefined || folderId === '') return namespace.root
  const folder = namespace.folders.get(folderId)
  if (folder === undefined) throw new BusinessError('unknownFolder')
  return folder
}

function belowRoot(call: Call, namespace: Namespace): { folder: Folder; parent: Folder } {
  const folder = folderOr(namespace, call.route.path['folderId'])
  const parent = folder.parentId === null ? undefined : namespace.folders.get(folder.parentId)
  if (parent === undefined) throw new BusinessError('badContent')
  return { folder, parent }
}

const subFolders = (namespace: Namespace, folder: Folder) =>
  [...namespace.folders.values()].filter(other => other.parentId === folder.id)

function answerFolder(call: Call, namespace: Namespace, folder: Folder): Answer {
  const data = {
    folderId: folder.id,
    name: folder.name,
    parentId: folder.parentId ?? undefined,
    workspace: namespace.workspace,
    namespace: namespace.name,
    createdAt: folder.createdAt,
    modifiedAt: folder.modifiedAt,
    subFolder: subFolders(namespace, folder).map(({ id, name, parentId }) => ({ folderId: id, name, parentId })),
  }
  return successAnswer(data, call.trace, call.switches)
}

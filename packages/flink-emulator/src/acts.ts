import type { Call } from './call.ts'
import { createDraft, deleteDraft, listDrafts, readDraft, updateDraft } from './drafts.ts'
import { listEditableNamespaces } from './editable-namespaces.ts'
import type { Answer } from './exchange.ts'
import { createFolder, deleteFolder, readFolder, updateFolder } from './folders.ts'
import { takeLock } from './locks.ts'
import { listMembers } from './members.ts'
import type { Operation } from './operations.ts'
import { tellCallerIdentity } from './sts.ts'

/** What each operation does, by its official name; the names differ where they would deceive. */
export const acts: Readonly<Record<Operation, (call: Call) => Answer>> = {
  ListDeploymentDrafts: listDrafts,
  GetDeploymentDraft: readDraft,
  CreateDeploymentDraft: createDraft,
  UpdateDeploymentDraft: updateDraft,
  DeleteDeploymentDraft: deleteDraft,
  GetDeploymentDraftLock: takeLock,
  GetFolder: readFolder,
  CreateFolder: createFolder,
  UpdateFolder: updateFolder,
  DeleteFolder: deleteFolder,
  ListMembers: listMembers,
  ListEditableNamespace: listEditableNamespaces,
  GetCallerIdentity: tellCallerIdentity,
}

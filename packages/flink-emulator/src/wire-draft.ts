import { artifactOf } from './sql-text.ts'
import type { Switches } from './switches.ts'
import { lockAt, type Draft, type Lock, type Namespace, type Person } from './world.ts'

/** Where a draft is shown: lists may leave the lock out. */
export type Occasion = 'list' | 'read'

/** A draft in the cloud's own spelling. */
export function wireDraft(draft: Draft, occasion: Occasion, switches: Switches, now: number): Record<string, unknown> {
  return {
    deploymentDraftId: draft.id,
    name: draft.name,
    workspace: draft.namespace.workspace,
    namespace: draft.namespace.name,
    parentId: draft.folderId,
    referencedDeploymentId: draft.deploymentId ?? undefined,
    executionMode: draft.executionMode,
    artifact: artifactOf(draft),
    engineVersion: draft.engineVersion ?? undefined,
    localVariables: draft.localVariables,
    labels: draft.labels,
    ...lockMember(draft, occasion, switches, now),
    creator: draft.creator.id,
    creatorName: loginName(draft.creator),
    modifier: draft.modifier.id,
    modifierName: loginName(draft.modifier),
    createdAt: draft.createdAt,
    modifiedAt: draft.modifiedAt,
  }
}

export function wireLock(lock: Lock, namespace: Namespace): Record<string, string> {
  return {
    id: lock.id,
    workspace: namespace.workspace,
    namespace: namespace.name,
    holderId: lock.holder.id,
    holderName: lock.holder.name,
  }
}

function lockMember(draft: Draft, occasion: Occasion, switches: Switches, now: number): { lock?: unknown } {
  if (occasion === 'list' && !switches.listIncludesLock) return {}
  const lock = lockAt(draft, now - switches.readLagMs)
  if (lock !== null) return { lock: wireLock(lock, draft.namespace) }
  switch (switches.unlockedShape) {
    case 'null':
      return { lock: null }
    case 'absent':
      return {}
    case '{}':
      return { lock: {} }
    case 'emptyStrings':
      return { lock: { id: '', workspace: '', namespace: '', holderId: '', holderName: '' } }
  }
}

/** Creators and modifiers come by login, holders by name. */
const loginName = (person: Person) =>
  `${person.name
    .normalize('NFC')
    .replaceAll(/[\s’]+/g, '.')
    .toLowerCase()}@streamcompute.onaliyun.com`

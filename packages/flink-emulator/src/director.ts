import { randomUUID } from 'node:crypto'
import { buildWorld, type WorldOptions } from './build-world.ts'
import type { CloudState } from './cloud.ts'
import { newLock } from './locks.ts'
import { admit, membersOf, type Member } from './members.ts'
import {
  addDraft,
  addNamespace,
  emptyNamespace,
  ensureFolder,
  findDraft,
  findNamespace,
  removeDraft,
  setLock,
  type Draft,
  type Holder,
  type Namespace,
} from './world.ts'

/** What is really so, whatever readings show. */
export interface TruthDraft {
  workspace: string
  namespace: string
  draftId: string
  name: string
  holder: Holder | null
  /** When it came to be held by that holder, or free; ISO UTC. */
  since: string
}

export interface NamespaceAddress {
  workspace: string
  namespace: string
}

export interface DraftAddress extends NamespaceAddress {
  draftId: string
}

/** Something that a director asked for is not there, or is there already. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible'
  readonly status: 404 | 409
  constructor(status: 404 | 409, message: string) {
    super(message)
    this.status = status
  }
}

/** What tests and demonstrations do to the world from outside, past every signature. */
export interface Director {
  truth(): TruthDraft[]
  /** A colleague, who is a member of the namespace from then on, takes the lock in the console; null: it becomes free. */
  lockInConsole(draft: DraftAddress & { holder: Holder | null }): TruthDraft
  /** Makes the namespace and the folder, too, where they are missing; the workspace must exist. */
  createDraft(draft: { workspace: string; namespace: string; name: string; folder?: string }): { draftId: string }
  deleteDraft(draftId: string): void
  /** Who belongs to a namespace. @throws NotPossible */
  members(address: NamespaceAddress): Member[]
  /** These and nobody else belong to the namespace from now on. @throws NotPossible */
  setMembers(wanted: NamespaceAddress & { members: readonly Member[] }): void
  rebuild(options?: WorldOptions): void
}

export function createDirector(state: CloudState): Director {
  return {
    truth: () => [...state.world.drafts.values()].map(truthOf),
    lockInConsole: ({ holder, ...address }) => {
      const draft = locate(state, address)
      if (holder !== null) admit(state.world, draft.namespace, holder.id)
      setLock(draft, holder === null ? null : newLock(holder), 'director', state.now())
      return truthOf(draft)
    },
    createDraft: wanted => {
      const namespace = ensureNamespace(state, wanted.workspace, wanted.namespace)
      if (namespace.draftNames.has(wanted.name)) {
        throw new NotPossible(409, 'There is a draft of this name in the namespace already.')
      }
      const draft = plainDraft(state, namespace, wanted.name, wanted.folder ?? '')
      addDraft(state.world, draft)
      return { draftId: draft.id }
    },
    deleteDraft: draftId => {
      const draft = state.world.drafts.get(draftId)
      if (draft === undefined) throw new NotPossible(404, 'There is no such draft.')
      removeDraft(state.world, draft)
    },
    members: address => membersOf(state.world, locateNamespace(state, address)),
    setMembers: ({ members, ...address }) => {
      locateNamespace(state, address).members = [...members]
    },
    rebuild: (options = {}) => {
      state.world = buildWorld(options, state.now())
    },
  }
}

function locateNamespace(state: CloudState, { workspace, namespace }: NamespaceAddress): Namespace {
  const home = findNamespace(state.world, workspace, namespace)
  if (home === undefined) throw new NotPossible(404, 'There is no such namespace.')
  return home
}

function locate(state: CloudState, { workspace, namespace, draftId }: DraftAddress): Draft {
  const home = findNamespace(state.world, workspace, namespace)
  const draft = home === undefined ? undefined : findDraft(state.world, home, draftId)
  if (draft === undefined) throw new NotPossible(404, 'There is no such draft.')
  return draft
}

function ensureNamespace(state: CloudState, workspace: string, name: string): Namespace {
  const known = findNamespace(state.world, workspace, name)
  if (known !== undefined) return known
  if (!state.world.workspaces.has(workspace)) throw new NotPossible(404, 'There is no such workspace.')
  const namespace = emptyNamespace(workspace, name, randomUUID(), Math.floor(state.now() / 1000), false)
  addNamespace(state.world, namespace)
  return namespace
}

function plainDraft(state: CloudState, namespace: Namespace, name: string, folder: string): Draft {
  const now = state.now()
  const seconds = Math.floor(now / 1000)
  const [creator] = state.world.authors
  return {
    id: randomUUID(),
    namespace,
    name,
    folderId: ensureFolder(namespace, folder, randomUUID, seconds).id,
    kind: 'SQLSCRIPT',
    executionMode: 'STREAMING',
    engineVersion: 'vvr-8.0.11-flink-1.17',
    labels: {},
    localVariables: [],
    artifact: null,
    creator,
    modifier: creator,
    createdAt: seconds,
    modifiedAt: seconds,
    deploymentId: null,
    lock: null,
    since: now,
    origin: 'director',
    touchedAt: now,
    earlier: [],
  }
}

const truthOf = (draft: Draft): TruthDraft => ({
  workspace: draft.namespace.workspace,
  namespace: draft.namespace.name,
  draftId: draft.id,
  name: draft.name,
  holder: draft.lock?.holder ?? null,
  since: new Date(draft.since).toISOString(),
})

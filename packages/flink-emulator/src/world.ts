/** A person, bot or service account as the cloud's console knows it. */
export interface Person {
  id: string
  name: string
}

/** Whoever holds a draft, as the cloud names it. */
export type Holder = Person

/** An edit lock. The cloud tells no time with it: `since` of the draft is the emulator's own knowledge. */
export interface Lock {
  id: string
  holder: Holder
}

/** Who changes locks: people in the console, a signed call, or whoever directs the emulator. */
export type Origin = 'colleague' | 'api' | 'director'

export interface Draft {
  readonly id: string
  readonly namespace: Namespace
  name: string
  folderId: string
  kind: string
  executionMode: string
  engineVersion: string | null
  labels: Record<string, string>
  localVariables: unknown[]
  /** The artifact as somebody wrote it through the API; null: made up when it is asked for. */
  artifact: Record<string, unknown> | null
  creator: Person
  modifier: Person
  /** Epoch seconds, as the cloud tells them. */
  createdAt: number
  modifiedAt: number
  deploymentId: string | null
  lock: Lock | null
  /** When `lock` became what it is, epoch milliseconds. */
  since: number
  /** Who changed or confirmed the lock last, and when. */
  origin: Origin
  touchedAt: number
  /** The states before, oldest first: what a lagging reading still shows. */
  earlier: { lock: Lock | null; since: number }[]
}

export interface Folder {
  readonly id: string
  name: string
  parentId: string | null
  createdAt: number
  modifiedAt: number
}

export interface Namespace {
  readonly workspace: string
  readonly name: string
  readonly drafts: Draft[]
  readonly draftNames: Set<string>
  readonly folders: Map<string, Folder>
  readonly root: Folder
  /** How many drafts are locked. */
  held: number
  /** Colleagues work here. They keep out of namespaces that came into being on the way. */
  readonly peopled: boolean
  /** Null: as everywhere in the world. */
  members: { id: string; role: string }[] | null
}

/** Everything the emulated cloud knows, but for keys. */
export interface World {
  readonly workspaces: Set<string>
  readonly namespaces: Map<string, Namespace>
  readonly drafts: Map<string, Draft>
  /** The colleagues at work; there may be none. */
  readonly people: readonly Person[]
  /** Who wrote the drafts: the colleagues, or somebody who has left where there are none. */
  readonly authors: readonly [Person, ...Person[]]
}

const remembered = 32

export function findNamespace(world: World, workspace: string, name: string): Namespace | undefined {
  return world.namespaces.get(namespaceKey(workspace, name))
}

export function addNamespace(world: World, namespace: Namespace): void {
  world.namespaces.set(namespaceKey(namespace.workspace, namespace.name), namespace)
}

/** A draft by its id, if it lies in that namespace. */
export function findDraft(world: World, namespace: Namespace, draftId: string): Draft | undefined {
  const draft = world.drafts.get(draftId)
  return draft?.namespace === namespace ? draft : undefined
}

export function addDraft(world: World, draft: Draft): void {
  draft.namespace.drafts.push(draft)
  draft.namespace.draftNames.add(draft.name)
  if (draft.lock !== null) draft.namespace.held += 1
  world.drafts.set(draft.id, draft)
}

export function removeDraft(world: World, draft: Draft): void {
  const { namespace } = draft
  namespace.drafts.splice(namespace.drafts.indexOf(draft), 1)
  namespace.draftNames.delete(draft.name)
  if (draft.lock !== null) namespace.held -= 1
  world.drafts.delete(draft.id)
}

/** The one place where a lock changes. A lock re-issued to its own holder keeps its `since`. */
export function setLock(draft: Draft, lock: Lock | null, origin: Origin, at: number): void {
  const sameHolder = (lock?.holder.id ?? null) === (draft.lock?.holder.id ?? null)
  draft.namespace.held += (lock === null ? 0 : 1) - (draft.lock === null ? 0 : 1)
  if (!sameHolder) {
    draft.earlier.push({ lock: draft.lock, since: draft.since })
    if (draft.earlier.length > remembered) draft.earlier.shift()
    draft.since = at
  }
  draft.lock = lock
  draft.origin = origin
  draft.touchedAt = at
}

/** The lock as it was at an instant; before everything remembered, the oldest that is. */
export function lockAt(draft: Draft, instant: number): Lock | null {
  if (instant >= draft.since) return draft.lock
  const known = draft.earlier.findLast(state => state.since <= instant) ?? draft.earlier[0]
  return known === undefined ? draft.lock : known.lock
}

/** Folder of a path such as `dwd/payment`, made where it is missing. */
export function ensureFolder(namespace: Namespace, path: string, newId: () => string, seconds: number): Folder {
  return path
    .split('/')
    .filter(name => name !== '')
    .reduce(
      (parent, name) => childFolder(namespace, parent, name) ?? addFolder(namespace, parent, name, newId(), seconds),
      namespace.root,
    )
}

export function childFolder(namespace: Namespace, parent: Folder, name: string): Folder | undefined {
  return [...namespace.folders.values()].find(folder => folder.parentId === parent.id && folder.name === name)
}

export function addFolder(namespace: Namespace, parent: Folder, name: string, id: string, seconds: number): Folder {
  const folder: Folder = { id, name, parentId: parent.id, createdAt: seconds, modifiedAt: seconds }
  namespace.folders.set(id, folder)
  return folder
}

export function emptyNamespace(
  workspace: string,
  name: string,
  rootId: string,
  seconds: number,
  peopled: boolean,
): Namespace {
  const root: Folder = { id: rootId, name: '/', parentId: null, createdAt: seconds, modifiedAt: seconds }
  return {
    workspace,
    name,
    drafts: [],
    draftNames: new Set(),
    folders: new Map([[rootId, root]]),
    root,
    held: 0,
    peopled,
    members: null,
  }
}

const namespaceKey = (workspace: string, name: string) => `${workspace}\n${name}`

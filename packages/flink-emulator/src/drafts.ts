import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { documentOf, draftOf, namespaceOf, wholeNumber, type Call, type Tear } from './call.ts'
import { BusinessError, successAnswer, type Page } from './envelope.ts'
import type { Answer } from './exchange.ts'
import { newLock } from './locks.ts'
import { wireDraft } from './wire-draft.ts'
import { addDraft, removeDraft, setLock, type Draft, type Namespace } from './world.ts'

/** Oldest first; a page beyond the end is empty, with the right total. */
export function listDrafts(call: Call): Answer {
  const namespace = namespaceOf(call)
  const pageIndex = wholeNumber(call, 'pageIndex', 1, 1, 999_999_999)
  const pageSize = wholeNumber(call, 'pageSize', 10, 1, 100)
  const page: Page = { pageIndex, pageSize, totalSize: namespace.drafts.length }
  const torn = call.torn === undefined ? undefined : tear(namespace.drafts, page, call.torn)
  const shown = torn?.drafts ?? cut(namespace.drafts, page)
  return successAnswer(
    shown.map(draft => wireDraft(draft, 'list', call.switches, call.now)),
    call.trace,
    call.switches,
    torn?.page ?? page,
  )
}

const cut = (drafts: readonly Draft[], { pageIndex, pageSize }: Page) =>
  drafts.slice((pageIndex - 1) * pageSize, pageIndex * pageSize)

function tear(drafts: readonly Draft[], page: Page, { repeat, skip, drift }: Tear): { drafts: Draft[]; page: Page } {
  const own = cut(drafts, page)
  const before = page.pageIndex === 1 ? [] : cut(drafts, { ...page, pageIndex: page.pageIndex - 1 })
  const again = page.pageIndex === 1 ? own.slice(0, repeat) : before.slice(-repeat || before.length)
  const left = page.pageIndex === 1 ? own.slice(0, Math.max(0, own.length - skip)) : own.slice(skip)
  return {
    drafts: own.length === 0 ? [] : [...again, ...left],
    page: { ...page, totalSize: page.totalSize + drift * (page.pageIndex - 1) },
  }
}

export function readDraft(call: Call): Answer {
  return answerDraft(call, draftOf(call))
}

const Content = z.object({
  name: z.string().trim().min(1).max(256),
  parentId: z.string(),
  executionMode: z.enum(['STREAMING', 'BATCH']),
  engineVersion: z.string(),
  artifact: z.looseObject({ kind: z.enum(['SQLSCRIPT', 'CDCYAML', 'JAR', 'PYTHON']) }),
  labels: z.record(z.string(), z.string()),
  localVariables: z.array(z.looseObject({ name: z.string(), value: z.string() })),
  referencedDeploymentId: z.string(),
})
const NewDraft = Content.partial().required({ name: true, artifact: true })
const Change = Content.partial()
type Change = z.output<typeof Change>

export function createDraft(call: Call): Answer {
  const namespace = namespaceOf(call)
  const content = parsed(NewDraft, documentOf(call))
  if (namespace.draftNames.has(content.name)) throw new BusinessError('nameTaken')
  const seconds = Math.floor(call.now / 1000)
  const draft: Draft = {
    id: randomUUID(),
    namespace,
    name: content.name,
    folderId: existingFolder(namespace, content.parentId),
    kind: content.artifact.kind,
    executionMode: content.executionMode ?? 'STREAMING',
    engineVersion: content.engineVersion ?? null,
    labels: content.labels ?? {},
    localVariables: content.localVariables ?? [],
    artifact: content.artifact,
    creator: call.caller,
    modifier: call.caller,
    createdAt: seconds,
    modifiedAt: seconds,
    deploymentId: content.referencedDeploymentId ?? null,
    lock: null,
    since: call.now,
    origin: 'api',
    touchedAt: call.now,
    earlier: [],
  }
  addDraft(call.world, draft)
  if (call.switches.createLocks) setLock(draft, newLock(call.caller), 'api', call.now)
  return answerDraft(call, draft)
}

/** Replaces the members that the document names, whole; how deep the real service merges is not known. */
export function updateDraft(call: Call): Answer {
  const draft = guarded(call, draftOf(call))
  const change = parsed(Change, documentOf(call))
  if (change.artifact !== undefined && change.artifact.kind !== draft.kind) throw new BusinessError('kindFixed')
  if (change.name !== undefined && change.name !== draft.name) rename(draft, change.name)
  if (change.parentId !== undefined) draft.folderId = existingFolder(draft.namespace, change.parentId)
  draft.artifact = change.artifact ?? draft.artifact
  draft.executionMode = change.executionMode ?? draft.executionMode
  draft.engineVersion = change.engineVersion ?? draft.engineVersion
  draft.labels = change.labels ?? draft.labels
  draft.localVariables = change.localVariables ?? draft.localVariables
  draft.deploymentId = change.referencedDeploymentId ?? draft.deploymentId
  draft.modifier = call.caller
  draft.modifiedAt = Math.floor(call.now / 1000)
  return answerDraft(call, draft)
}

/** A draft from which a deployment came stays. */
export function deleteDraft(call: Call): Answer {
  const draft = guarded(call, draftOf(call))
  if (draft.deploymentId !== null) throw new BusinessError('draftInUse')
  removeDraft(call.world, draft)
  return successAnswer(undefined, call.trace, call.switches)
}

function guarded(call: Call, draft: Draft): Draft {
  if (call.switches.updateGuard === 'enforced' && draft.lock?.holder.id !== call.caller.id) {
    throw new BusinessError('lockNeeded')
  }
  return draft
}

function rename(draft: Draft, name: string): void {
  const { draftNames } = draft.namespace
  if (draftNames.has(name)) throw new BusinessError('nameTaken')
  draftNames.delete(draft.name)
  draftNames.add(name)
  draft.name = name
}

function existingFolder(namespace: Namespace, folderId: string | undefined): string {
  if (folderId === undefined || folderId === '') return namespace.root.id
  if (!namespace.folders.has(folderId)) throw new BusinessError('unknownFolder')
  return folderId
}

function parsed<T extends z.ZodType>(schema: T, document: unknown): z.output<T> {
  const result = schema.safeParse(document)
  if (!result.success) throw new BusinessError('badContent')
  return result.data
}

const answerDraft = (call: Call, draft: Draft) =>
  successAnswer(wireDraft(draft, 'read', call.switches, call.now), call.trace, call.switches)

import { z } from 'zod'
import { WrongShape } from './decode.ts'
import { isObject } from './json-object.ts'
import { PageText, type ReadPage } from './page-text.ts'
import { countOf, idOf, instantOf, isEmpty, labelsOf, nameOf, shownTextOf, textOf } from './wire-values.ts'

/** The answers in upstream's spelling. Unknown fields are dropped: SQL text never gets past this file. */

export interface UpstreamLock {
  /** Changes when the lock changes hands or is issued anew; never the key of a draft. */
  id: string | null
  holderId: string
  holderName: string
}

export interface UpstreamDraft {
  draftId: string
  name: string
  /** Folder. */
  parentId: string | null
  /** Kind of artifact: an open list. */
  kind: string | null
  engineVersion: string | null
  labels: Record<string, string>
  /** Epoch ms, to the second. */
  modifiedAt: number | null
  modifierName: string | null
  /** Null: the answer names no holder. */
  lock: UpstreamLock | null
}

/** Reads any value, absent ones too; `undefined` from `reading` means it cannot be one. */
function field<T>(reading: (value: unknown) => T | undefined) {
  return z
    .unknown()
    .optional()
    .transform((value, context): T => {
      const read = reading(value)
      if (read !== undefined) return read
      context.addIssue({ code: 'custom', message: 'wrong type' })
      return z.NEVER
    })
}

const Id = field(value => idOf(value) ?? undefined)
const MaybeId = field(idOf)
const MaybeText = field(textOf)
const Text = field(nameOf)

const Count = field(countOf)
const MaybeCount = field(value => (isEmpty(value) ? null : countOf(value)))

/**
 * Null, absent, nothing, `{}`, or all holder fields empty mean nobody. A holder's name without an id is neither somebody nor
 * nobody, and is refused.
 */
function lockOf(value: unknown): UpstreamLock | null | undefined {
  if (isEmpty(value)) return null
  if (Array.isArray(value) && value.length === 0) return null
  if (!isObject(value)) return undefined
  const id = idOf(value['id'])
  const holderId = idOf(value['holderId'])
  const holderName = textOf(value['holderName'])
  if (id === undefined || holderId === undefined || holderName === undefined) return undefined
  if (holderId === null) return holderName === null ? null : undefined
  return { id, holderId, holderName: holderName ?? '' }
}

export const Lock = field(lockOf)

/**
 * Reads one draft. Written out by hand, since a sweep reads them by the hundred: beside parsing the JSON this costs next to
 * nothing, where one schema a draft would add half as much again. Strict is only what a wrong reading of would be a wrong board: ids, names
 * and the lock; what is merely shown never keeps anybody from reading the rest.
 * @param index in its list; null for the one draft of an answer
 * @throws WrongShape naming the field
 */
export function readDraft(value: unknown, index: number | null): UpstreamDraft {
  if (!isObject(value)) throw new WrongShape(placeOf(index))
  const draftId = sure(idOf(value['deploymentDraftId']) ?? undefined, index, 'deploymentDraftId')
  return {
    draftId,
    name: sure(nameOf(value['name']), index, 'name') || draftId,
    parentId: sure(idOf(value['parentId']), index, 'parentId'),
    kind: kindOf(value['artifact']),
    engineVersion: shownTextOf(value['engineVersion']),
    labels: labelsOf(value['labels']),
    modifiedAt: instantOf(value['modifiedAt']),
    modifierName: shownTextOf(value['modifierName']),
    lock: sure(lockOf(value['lock']), index, 'lock'),
  }
}

/** Of an artifact only the kind: the rest is SQL text and file names, which nobody here needs. */
function kindOf(artifact: unknown): string | null {
  return isObject(artifact) ? shownTextOf(artifact['kind']) : null
}

const placeOf = (index: number | null) => (index === null ? 'data' : `data.${index}`)

function sure<T>(read: T | undefined, index: number | null, name: string): T {
  if (read === undefined) throw new WrongShape(`${placeOf(index)}.${name}`)
  return read
}

/** No `data` is never an empty page: an empty one is an empty array. */
const Drafts = z.unknown().transform((value): { drafts: UpstreamDraft[]; page?: ReadPage } => {
  if (value instanceof PageText) {
    const page = value.read()
    return { drafts: page.drafts, page }
  }
  if (!Array.isArray(value)) throw new WrongShape('data')
  return { drafts: value.map((draft: unknown, index) => readDraft(draft, index)) }
})

export const DraftPage = z.object({ data: Drafts, totalSize: Count, pageIndex: MaybeCount, pageSize: MaybeCount })

export const OneDraft = z.object({ data: z.unknown().transform(value => readDraft(value, null)) })

export const LockAnswerBody = z.object({ data: Lock })

const SubFolder = z.object({ folderId: Id, name: Text, parentId: MaybeId })

export const Folder = z.object({
  data: z.object({
    folderId: Id,
    name: Text,
    parentId: MaybeId,
    subFolder: z.array(SubFolder).nullish(),
  }),
})

/** No `data` is never an empty page. */
export const MemberPage = z.object({
  data: z.array(z.object({ member: Id, role: MaybeText })),
  totalSize: Count,
  pageIndex: MaybeCount,
})

/** Numbers as text, inside `data`, and the total by another name than elsewhere. */
export const EditableNamespaces = z.object({
  data: z.object({
    editableNamespaces: z.array(z.object({ workspaceId: MaybeId, namespace: Id, role: MaybeText })),
    total: Count,
  }),
})

export const CallerIdentityBody = z.object({
  IdentityType: MaybeText,
  AccountId: MaybeId,
  PrincipalId: MaybeId,
  UserId: MaybeId,
  RoleId: MaybeId,
  Arn: MaybeText,
})

import { z } from 'zod'
import type { JsonObject } from './reply.ts'

/**
 * Upstream's spelling, read leniently: unknown fields are dropped (SQL text never gets past this file), numbers may come as text
 * and text as numbers. What could be misread is refused instead: an id is exactly what was sent, or there is no reading.
 */

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

/** A number that lost digits when it was parsed. Caught by `decode`, which then reads the text digit by digit. */
class Inexact extends Error {}

/** The shape was not the call's. `where` names fields and positions, never values. */
export class WrongShape extends Error {
  readonly where: string
  constructor(where: string) {
    super(`wrong shape at ${where}`)
    this.where = where
  }
}

/**
 * Reads a parsed answer; only where a field that matters holds a number beyond 2^53 is the text parsed again, with such
 * numbers as their digits.
 * @throws WrongShape
 */
export function decode<T>(schema: z.ZodType<T>, body: JsonObject, text: string): T {
  try {
    return parse(schema, body)
  } catch (fault) {
    if (!(fault instanceof Inexact)) throw fault
    return parse(schema, parseDigitByDigit(text))
  }
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path ?? []
  throw new WrongShape(path.length === 0 ? 'the answer' : path.map(String).join('.'))
}

function parseDigitByDigit(text: string): unknown {
  type Source = { source?: string }
  const keepDigits = (_key: string, value: unknown, source?: Source) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(source?.source ?? '')
      ? source?.source
      : value
  try {
    return JSON.parse(text, keepDigits)
  } catch {
    // Nested too deep for a parser that calls back.
    throw new WrongShape('the answer')
  }
}

function digits(value: number): string | null {
  if (Number.isSafeInteger(value)) return value < 0 ? null : String(value)
  if (Number.isInteger(value)) throw new Inexact()
  return null
}

/** Absent, null, nothing, or the two-character string `""` that upstream's examples show. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && (value.trim() === '' || value === '""'))
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

function idOf(value: unknown): string | null | undefined {
  if (isEmpty(value)) return null
  if (typeof value === 'number') return digits(value) ?? undefined
  return typeof value === 'string' ? value : undefined
}

function textOf(value: unknown): string | null | undefined {
  if (isEmpty(value)) return null
  if (typeof value === 'string') return value
  return typeof value === 'number' ? (digits(value) ?? String(value)) : undefined
}

const Id = field(value => idOf(value) ?? undefined)
const MaybeId = field(idOf)
const MaybeText = field(textOf)
/** A name, character by character as it was sent. */
const Text = field(value =>
  typeof value === 'string' ? value : textOf(value) === null ? '' : (textOf(value) ?? undefined),
)

const Count = field(value => {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
})
const MaybeCount = field(value => (isEmpty(value) ? null : Count.safeParse(value).data))

/** Seconds up to here are the year 5138; what is larger is in milliseconds already, as upstream's neighbours tell it. */
const largestInSeconds = 1e11
const latestInstant = 8.64e15

const EpochSeconds = field(value => {
  if (isEmpty(value)) return null
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value.trim()) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0 || number > latestInstant) return undefined
  if (number === 0) return null
  return Math.trunc(number < largestInSeconds ? number * 1000 : number)
})

const Labels = field(value => {
  if (isEmpty(value)) return {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const pairs: [string, string][] = []
  for (const [name, label] of Object.entries(value)) {
    if (typeof label === 'object' && label !== null) return undefined
    pairs.push([name, label === null ? '' : String(label)])
  }
  return Object.fromEntries(pairs)
})

/** Only the kind: the rest of an artifact is SQL text and file names, which nobody here needs. */
const Kind = field(value => {
  if (isEmpty(value)) return null
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? textOf('kind' in value ? value.kind : null)
    : undefined
})

/**
 * Null, absent, nothing, `{}`, or all holder fields empty mean nobody. A holder's name without an id is neither somebody nor
 * nobody, and is refused.
 */
function lockOf(value: unknown): UpstreamLock | null | undefined {
  if (isEmpty(value)) return null
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return value.length === 0 ? null : undefined
  const lock: { id?: unknown; holderId?: unknown; holderName?: unknown } = value
  const id = idOf(lock.id)
  const holderId = idOf(lock.holderId)
  const holderName = textOf(lock.holderName)
  if (id === undefined || holderId === undefined || holderName === undefined) return undefined
  if (holderId === null) return holderName === null ? null : undefined
  return { id, holderId, holderName: holderName ?? '' }
}

export const Lock = field(lockOf)

export const Draft = z
  .object({
    deploymentDraftId: Id,
    name: Text,
    parentId: MaybeId,
    artifact: Kind,
    engineVersion: MaybeText,
    labels: Labels,
    modifiedAt: EpochSeconds,
    modifierName: MaybeText,
    lock: Lock,
  })
  .transform((draft): UpstreamDraft => ({
    draftId: draft.deploymentDraftId,
    name: draft.name === '' ? draft.deploymentDraftId : draft.name,
    parentId: draft.parentId,
    kind: draft.artifact,
    engineVersion: draft.engineVersion,
    labels: draft.labels,
    modifiedAt: draft.modifiedAt,
    modifierName: draft.modifierName,
    lock: draft.lock,
  }))

/** No `data` is never an empty page: an empty one is an empty array. */
export const DraftPage = z.object({
  data: z.array(Draft),
  totalSize: Count,
  pageIndex: MaybeCount,
  pageSize: MaybeCount,
})

export const OneDraft = z.object({ data: Draft })

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

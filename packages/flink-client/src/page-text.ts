import { randomUUID } from 'node:crypto'
import { Inexact, parseDigitByDigit } from './decode.ts'
import { isObject, type JsonObject } from './json-object.ts'
import { textOf } from './text-of.ts'
import type { UpstreamDraft } from './wire.ts'

/** The list of a page as it came, and what it says. */
export interface ReadPage {
  /** The JSON of `data`: a whole array, nothing before or behind it. */
  list: Buffer
  /** Where each draft begins in it. */
  starts: readonly number[]
  /** The same objects as long as their text stays the same. */
  drafts: UpstreamDraft[]
}

/** Reads one parsed draft of a list. @throws WrongShape, Inexact */
export type ReadDraft = (value: unknown, index: number) => UpstreamDraft

/** Stands for the list while the rest of an answer is parsed. Nobody outside can know it, so nobody can send it. */
const standIn = randomUUID()
/** More than this around a list is no envelope. */
const largestEnvelope = 8 * 1024

/**
 * Parses a page of drafts beside the last answer to the same question: of its list only the drafts whose text is new. Everything around the list
 * (whether it succeeded, the total, whose page it is) is parsed anew, wherever it stands.
 *
 * That the list is exactly the member `data` is shown, not assumed: the rest is whole JSON with a stand-in in its place, and each draft is whole
 * JSON by itself. Where that does not hold (blanks between, another order of fields, two members `data`) the caller parses the whole.
 * @returns null for such an answer
 */
export function parseBeside(
  bytes: Buffer,
  before: ReadPage | null,
  readDraft: ReadDraft,
): (JsonObject & { data: PageText }) | null {
  const from = bytes.indexOf('"data":[') + 7
  const end = bytes.lastIndexOf(']') + 1
  if (from < 7 || end <= from || from + bytes.length - end > largestEnvelope) return null
  const envelope = parsed(`${textOf(bytes.subarray(0, from))}"${standIn}"${bytes.toString('utf8', end)}`)
  if (!isObject(envelope) || envelope['data'] !== standIn) return null
  const data = readList(bytes.subarray(from, end), before, readDraft)
  return data && { ...envelope, data }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readList(list: Buffer, before: ReadPage | null, readDraft: ReadDraft): PageText | null {
  if (before?.list.equals(list)) return new PageText(before)
  const starts = startsIn(list)
  if (starts === null) return null
  const drafts: UpstreamDraft[] = []
  // Where one was added or removed, everything behind it has moved by one.
  let shift = 0
  for (const [index, start] of starts.entries()) {
    const end = endOf(list, starts, index)
    const at = before === null ? null : indexBefore(before, index + shift, list, start, end)
    const known = at === null ? undefined : before?.drafts[at]
    if (at !== null && known) {
      shift = at - index
      drafts.push(known)
      continue
    }
    const text = list.toString('utf8', start, end)
    const value = parsed(text)
    if (value === undefined) return null
    try {
      drafts.push(exactly(readDraft, value, text, index))
    } catch (fault) {
      // Told when the draft is asked for: an answer that failed needs no readable list.
      return new PageText({ fault })
    }
  }
  return new PageText({ list, starts, drafts })
}

function exactly(readDraft: ReadDraft, value: unknown, text: string, index: number): UpstreamDraft {
  try {
    return readDraft(value, index)
  } catch (fault) {
    if (!(fault instanceof Inexact)) throw fault
    return readDraft(parseDigitByDigit(text), index)
  }
}

/** Where a draft begins: after a comma, with the member that the first one begins with. Null where that cannot be told. */
function startsIn(list: Buffer): number[] | null {
  if (list.length === 2) return []
  const nameEnd = list.indexOf('":', 3)
  if (list.toString('latin1', 1, 3) !== '{"' || nameEnd === -1) return null
  const between = Buffer.concat([Buffer.from('},'), list.subarray(1, nameEnd + 2)])
  const starts = [1]
  for (let at = list.indexOf(between); at !== -1; at = list.indexOf(between, at + between.length)) starts.push(at + 2)
  return starts
}

const endOf = (list: Buffer, starts: readonly number[], index: number) => (starts[index + 1] ?? list.length) - 1

/** Which draft of the page before has just this text: looked for in its place, and in the two beside it. */
function indexBefore(before: ReadPage, index: number, list: Buffer, start: number, end: number): number | null {
  if (isSame(before, index, list, start, end)) return index
  if (isSame(before, index + 1, list, start, end)) return index + 1
  return isSame(before, index - 1, list, start, end) ? index - 1 : null
}

function isSame(before: ReadPage, index: number, list: Buffer, start: number, end: number): boolean {
  const began = before.starts[index]
  if (began === undefined) return false
  const ended = endOf(before.list, before.starts, index)
  return ended - began === end - start && list.compare(before.list, began, ended, start, end) === 0
}

/** The list of an answer, read already; or why it cannot be. */
export class PageText {
  readonly #read: ReadPage | { fault: unknown }

  constructor(read: ReadPage | { fault: unknown }) {
    this.#read = read
  }

  /** @throws WrongShape */
  read(): ReadPage {
    if ('fault' in this.#read) throw this.#read.fault
    return this.#read
  }
}

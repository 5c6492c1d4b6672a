import type { NamespaceRef, ReadingFault } from '@lockdesk/contract'
import {
  ClockOff,
  type DraftReader,
  Forbidden,
  NoAnswer,
  NoCredentials,
  type PageOfDrafts,
  Throttled,
  UnreadableAnswer,
  UpstreamError,
} from '@lockdesk/flink-client'
import type { Ledger, Reading, SweepObservation } from '../ledger/ledger.ts'

export const pageSize = 100
/** A namespace of more drafts than this is told as unreadable rather than read for ever. */
const mostPages = 2_000

/** What one sweep saw, before the pace of the next one is planned. */
export interface Sweep extends Omit<SweepObservation, 'paceMs' | 'folders'> {
  /** Calls that it took. */
  pages: number
  /** The cloud gave no usable answer: wait before asking again. What it tells of itself is for the log. */
  failure?: UpstreamError
}

/**
 * Reads all pages of a namespace, in order. What a page showed counts even where a later one cannot be read; only where all pages together are
 * the whole list, without a sign that it moved under our hands, the sweep is complete.
 * @param reader can look, and nothing else
 * @throws the signal's reason when it is aborted
 */
export async function sweepNamespace(
  reader: DraftReader,
  ledger: Pick<Ledger, 'head'>,
  namespace: NamespaceRef,
  { now, signal }: { now(): number; signal: AbortSignal },
): Promise<Sweep> {
  const head = await ledger.head()
  const startedAt = now()
  const readings: Reading[] = []
  const seen = new Set<string>()
  let pages = 0
  const ended = (torn: string | null, failure?: UpstreamError): Sweep => ({
    namespace,
    head,
    startedAt,
    finishedAt: now(),
    readings,
    pages,
    isComplete: torn === null,
    ...(failure && { failure }),
    ...(torn !== null && {
      error: { title: torn, cause: causeOf(failure), requestId: failure?.requestId ?? null },
    }),
  })

  let total: number | null = null
  for (let index = 1; index <= mostPages; index++) {
    // The head comes before the request: whatever is written from here on is newer than what this page shows.
    const before = { head: await ledger.head(), sentAt: now() }
    pages = index
    let page: PageOfDrafts
    try {
      page = await reader.readPage(namespace.namespace, { index, size: pageSize }, { purpose: 'sweep', signal })
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof UpstreamError)) throw error
      return ended(unread(index, total, error.title), error)
    }
    const arrivedAt = now()
    for (const draft of page.drafts) readings.push({ draft, ...before, arrivedAt })
    const torn = tear(page, seen, total)
    for (const { draftId } of page.drafts) seen.add(draftId)
    if (torn !== null) return ended(torn)
    total = page.totalSize
    if (seen.size === total) return ended(null)
  }
  return ended(`The namespace has more than ${mostPages * pageSize} drafts. Only those were read.`)
}

/** @param failure absent where every page was answered */
function causeOf(failure: UpstreamError | undefined): ReadingFault {
  if (failure === undefined) return 'torn'
  if (failure instanceof Forbidden) return failure.layer === 'ram' ? 'forbidden-ram' : 'forbidden-role'
  if (failure instanceof ClockOff) return 'clock-off'
  if (failure instanceof Throttled) return 'throttled'
  if (failure instanceof NoAnswer) return 'no-answer'
  if (failure instanceof UnreadableAnswer) return 'unreadable'
  const code = failure.errorCode ?? ''
  if (failure instanceof NoCredentials || /^(InvalidAccessKeyId|InvalidSecurityToken|SignatureDoesNotMatch)/.test(code))
    return 'credential'
  return (failure.status ?? 0) >= 500 ? 'no-answer' : 'refused'
}

/** What shows that the list moved between two pages, or that the cloud does not tell all of it; null where it holds together. */
function tear(page: PageOfDrafts, seen: ReadonlySet<string>, total: number | null): string | null {
  const fresh = new Set(page.drafts.map(({ draftId }) => draftId))
  const repeated = page.drafts.length - fresh.size + [...fresh].filter(id => seen.has(id)).length
  const count = seen.size + fresh.size - [...fresh].filter(id => seen.has(id)).length
  if (total !== null && page.totalSize !== total)
    return `The list changed while it was read: ${total} drafts became ${page.totalSize}.`
  if (repeated > 0)
    return `The list moved while it was read: ${repeated === 1 ? 'one draft' : `${repeated} drafts`} came twice.`
  if (count > page.totalSize) return `The cloud told of ${page.totalSize} drafts and listed ${count}.`
  if (count < page.totalSize && page.drafts.length < Math.min(pageSize, page.pageSize))
    return `The list ended after ${count} of ${page.totalSize} drafts.`
  return null
}

function unread(index: number, total: number | null, title: string): string {
  if (total === null) return title
  const pages = Math.ceil(total / pageSize)
  return `Page ${index} of ${pages} could not be read. ${title}`
}

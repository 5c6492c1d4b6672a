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
import { createListCheck } from './list-check.ts'

export const pageSize = 100
/** A namespace of more drafts than this is told as unreadable rather than read for ever. */
const mostPages = 2_000

/** What one sweep saw, before the pace of the next one is planned. */
export interface Sweep extends Omit<SweepObservation, 'paceMs' | 'folders'> {
  /** Calls that it took. */
  pages: number
  /** Ids of all that was listed. */
  seen: ReadonlySet<string>
  /** The cloud gave no usable answer: wait before asking again. What it tells of itself is for the log. */
  failure?: UpstreamError
}

/**
 * Reads all pages of a namespace, in order. What a page showed counts even where another one cannot be read; only where all pages together are
 * the whole list, without a sign that it moved under our hands, the sweep is complete. A list that moved is read to its end all the same: what is
 * on its last pages must not grow old because there is always somebody at work on the first.
 * @param reader can look, and nothing else
 * @throws the signal's reason when it is aborted
 */
export async function sweepNamespace(
  reader: Pick<DraftReader, 'readPage'>,
  ledger: Pick<Ledger, 'head'>,
  namespace: NamespaceRef,
  { now, signal, size = pageSize }: { now(): number; signal: AbortSignal; size?: number },
): Promise<Sweep> {
  const head = await ledger.head()
  const startedAt = now()
  const readings: Reading[] = []
  const list = createListCheck(size)
  let pages = 0
  const ended = (torn: string | null, failure?: UpstreamError): Sweep => ({
    namespace,
    head,
    startedAt,
    finishedAt: now(),
    readings,
    seen: list.seen,
    pages,
    isComplete: torn === null,
    ...(failure && { failure }),
    ...(torn !== null && {
      error: { title: torn, cause: causeOf(failure), requestId: failure?.requestId ?? null },
    }),
  })

  /** Of a page that came and could not be read; the pages behind it are asked for all the same. */
  let unreadable: { title: string; fault: UpstreamError } | null = null
  for (let index = 1; index <= mostPages; index++) {
    // The head comes before the request: whatever is written from here on is newer than what this page shows.
    const before = { head: await ledger.head(), sentAt: now() }
    pages = index
    let page: PageOfDrafts
    try {
      page = await reader.readPage(namespace.namespace, { index, size }, { purpose: 'sweep', signal })
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof UpstreamError)) throw error
      const title = unread(index, list.pages(), error.title)
      if (!isOfThisPage(error) || unreadable || index >= (list.pages() ?? 0)) return ended(title, error)
      unreadable = { title, fault: error }
      list.skip()
      continue
    }
    const arrivedAt = now()
    for (const draft of page.drafts) readings.push({ draft, ...before, arrivedAt })
    list.add(page)
    if (list.isAtEnd()) return unreadable ? ended(unreadable.title, unreadable.fault) : ended(list.torn())
  }
  return ended(`The namespace has more than ${mostPages * size} drafts. Only those were read.`)
}

/** Something answered, and the page made no sense: of the next one that says nothing. */
const isOfThisPage = (error: UpstreamError) => error instanceof UnreadableAnswer && error.how !== 'redirect'

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

function unread(index: number, pages: number | null, title: string): string {
  return pages === null ? title : `Page ${index} of ${pages} could not be read. ${title}`
}

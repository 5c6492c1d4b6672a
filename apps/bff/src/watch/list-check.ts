import type { PageOfDrafts } from '@lockdesk/flink-client'

/** Holds the pages of one list against each other, as they come. */
export interface ListCheck {
  /** Ids of all that was listed. */
  readonly seen: ReadonlySet<string>
  add(page: PageOfDrafts): void
  /** A page was asked for and could not be read. */
  skip(): void
  /** How many pages the list has, as told; null before the first came. */
  pages(): number | null
  /** Everything that was told of has been listed, or nothing more comes. */
  isAtEnd(): boolean
  /** What shows that the list moved between two pages, or that the cloud does not tell all of it; null where it holds together. */
  torn(): string | null
}

/** @param size drafts of a page, as asked for */
export function createListCheck(size: number): ListCheck {
  const seen = new Set<string>()
  let read = 0
  let total: number | null = null
  /** Drafts of a page, as the cloud has it: it may give fewer than were asked for. */
  let perPage = size
  let isAtEnd = false
  let isSkipped = false
  /** The first sign that was found: it names what happened, the others follow from it. */
  let sign: string | null = null

  function signIn(page: PageOfDrafts, repeated: number): string | null {
    if (total !== null && page.totalSize !== total)
      return `The list changed while it was read: ${total} drafts became ${page.totalSize}.`
    if (repeated > 0)
      return `The list moved while it was read: ${repeated === 1 ? 'one draft' : `${repeated} drafts`} came twice.`
    if (seen.size > page.totalSize) return `The cloud told of ${page.totalSize} drafts and listed ${seen.size}.`
    return null
  }

  return {
    seen,
    add(page) {
      const before = seen.size
      for (const { draftId } of page.drafts) seen.add(draftId)
      const fresh = seen.size - before
      sign ??= signIn(page, page.drafts.length - fresh)
      total = page.totalSize
      perPage = Math.max(1, Math.min(size, page.pageSize))
      read += 1
      const isShort = page.drafts.length < perPage && read * perPage < total
      if (isShort && fresh > 0) sign ??= `A page of the list came with ${page.drafts.length} of ${perPage} drafts.`
      const isWhole = sign === null && !isSkipped
      const isLast = isWhole ? seen.size >= total : read * perPage >= total
      // A page with nothing new is the end, whatever the cloud has told of: else one that repeats itself is read for ever.
      isAtEnd = isLast || fresh === 0 || (isWhole && page.drafts.length < perPage)
      if (isAtEnd && !isSkipped && seen.size < total) sign ??= `The list ended after ${seen.size} of ${total} drafts.`
    },
    skip() {
      isSkipped = true
      read += 1
    },
    pages: () => (total === null ? null : Math.ceil(total / perPage)),
    isAtEnd: () => isAtEnd,
    torn: () => sign,
  }
}

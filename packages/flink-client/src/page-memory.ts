import type { ReadPage } from './page-text.ts'

/**
 * The pages that were read last, by the question that was asked. Bounded: what does not fit is read from the beginning each time. Pages are
 * asked for in turn, so throwing out the one that was used longest ago would throw out just the next: those that are here stay, until nobody asks
 * for them any more.
 */
export interface PageMemory {
  recall(question: string): ReadPage | null
  keep(question: string, page: ReadPage): void
  forget(question: string): void
}

/** A page is out of use when so many times as many other questions have been asked since as there are pages. */
const rounds = 4

export function createPageMemory(mostBytes: number): PageMemory {
  const pages = new Map<string, { page: ReadPage; askedAt: number }>()
  let asked = 0
  let bytes = 0

  function forget(question: string): void {
    bytes -= pages.get(question)?.page.list.length ?? 0
    pages.delete(question)
  }

  function forgetUnasked(): void {
    for (const [question, { askedAt }] of pages) if (asked - askedAt > rounds * (pages.size + 1)) forget(question)
  }

  return {
    recall(question) {
      asked += 1
      const known = pages.get(question)
      if (known) known.askedAt = asked
      return known?.page ?? null
    },
    keep(question, page) {
      forget(question)
      if (bytes + page.list.length > mostBytes) forgetUnasked()
      if (bytes + page.list.length > mostBytes) return
      pages.set(question, { page, askedAt: asked })
      bytes += page.list.length
    },
    forget,
  }
}

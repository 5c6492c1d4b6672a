import type { Entry } from './ledger.ts'

/** Tells of entries in the order of their numbers, each once, whichever process wrote them. */
export interface News {
  onEntries(listener: (entries: readonly Entry[]) => void): () => void
  /** This process has committed these. */
  wrote(entries: readonly Entry[]): void
  /** Something may have been committed elsewhere, up to this number if it is known. */
  look(number?: number): void
}

const pageSize = 500
/** The store that could not be read is asked again: nobody else might give a reason to. */
const againMs = 1_000

/**
 * The ledger is the truth, a notice only a reason to look: what was written here is told from memory where it follows what was told last, everything
 * else is read.
 * @param head the newest number that nobody needs to be told of
 * @param readAfter entries with greater numbers, oldest first
 */
export function createNews(
  head: number,
  readAfter: (number: number, limit: number) => Promise<Entry[]>,
  onFault: (error: unknown) => void,
  later: (ms: number, call: () => void) => void = byTimer,
): News {
  const listeners = new Set<(entries: readonly Entry[]) => void>()
  let told = head
  let isReading = false
  let isAskedAgain = false

  function tell(entries: readonly Entry[]): void {
    const last = entries.at(-1)
    if (!last) return
    told = last.number
    for (const listener of listeners) listener(entries)
  }

  async function read(): Promise<void> {
    do {
      isAskedAgain = false
      const page = await readAfter(told, pageSize)
      const next = page.findIndex(({ number }) => number > told) // told from memory meanwhile
      if (next >= 0) tell(page.slice(next))
      if (page.length === pageSize) isAskedAgain = true
    } while (isAskedAgain)
  }

  function look(number = Number.POSITIVE_INFINITY): void {
    if (number <= told) return
    if (isReading) {
      isAskedAgain = true
      return
    }
    isReading = true
    read()
      .catch((error: unknown) => {
        onFault(error)
        later(againMs, () => look())
      })
      .finally(() => (isReading = false))
  }

  return {
    onEntries(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    wrote(entries) {
      if (entries[0]?.number === told + 1) tell(entries)
      else if ((entries.at(-1)?.number ?? 0) > told) look()
    },
    look,
  }
}

function byTimer(ms: number, call: () => void): void {
  setTimeout(call, ms).unref()
}

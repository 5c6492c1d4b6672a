import type { Database } from '../database/schema.ts'
import type { Store } from '../database/store.ts'
import { chainEnd } from './append-entries.ts'
import { type Found, placeOf, writeHead } from './head-file.ts'
import type { Entry } from './ledger.ts'
import { nameLife } from './ledger-life.ts'

/** So often the file is written at most while there is news. */
const pauseMs = 1_000

export interface HeadKeeper {
  /** The ledger has another id than before. */
  isNewLife: boolean
  /** Entries were committed; the file hears of it a moment later. */
  committed(entries: readonly Entry[]): void
  /** To be called once the store is closed: nothing changes its file after it. */
  closed(): Promise<void>
}

/**
 * Names the life of a ledger in a file, and keeps beside it how far it has come. The file is never ahead of what is committed, so that a process
 * which was killed at any moment looks like nothing else.
 * @param found how it was found before it was opened
 * @param onFault the file cannot be written; the ledger goes on, and will take itself for a restored one
 */
export async function keepHead(
  storeFile: string,
  found: Found,
  { database, store }: { database: Database; store: Store },
  onFault: (error: unknown) => void,
): Promise<HeadKeeper> {
  const place = await placeOf(database, found)
  let end = await chainEnd(database)
  let isNoted = true
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  const write = (isOpen: boolean) => {
    isNoted = true
    writing = writing.then(() => writeHead(storeFile, place, end, isOpen)).catch(onFault)
    return writing
  }

  // The file first: killed in between, the store does not know the new word yet, and is found out of place again.
  await write(true)
  const isNewLife = await nameLife(store, place)
  return {
    isNewLife,
    committed(entries) {
      const last = entries.at(-1)
      if (!last || last.number <= end.number) return
      end = { number: last.number, hash: last.hash }
      isNoted = false
      timer ??= setTimeout(() => {
        timer = undefined
        if (!isNoted) void write(true)
      }, pauseMs).unref()
    },
    async closed() {
      clearTimeout(timer)
      await write(false)
    },
  }
}

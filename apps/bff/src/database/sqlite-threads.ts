import { resolve } from 'node:path'
import { createTurns } from './turns.ts'
import type { Done, Order } from './sqlite-messages.ts'
import { type SqliteThread, type StoreThreadEnded, startThread } from './start-thread.ts'

/** The connections to one file, each on a thread: one that writes, and some that read beside it. */
export interface SqliteThreads {
  /** Waits until nobody else writes. @returns gives the turn back */
  takeTurn(): Promise<() => void>
  /** By the connection that writes; only whoever has the turn may ask. */
  write(order: Order): Promise<Done>
  /** By whichever of the others is free first. It sees everything that was committed before, and nothing that is not. */
  read(order: Order): Promise<Done>
  /** @see copyStore it runs beside everything else, on a thread of its own */
  copyTo(path: string): Promise<void>
  /** Lets what is under way end, writes the log back into the file, and closes it. */
  close(): Promise<void>
}

const readerCount = 2

/**
 * Opens the file. When one of its threads dies, all are given up: every call that waits and every later one fails, and none ever hangs.
 * @param file one that is there
 * @throws Error with SQLite's `errcode`
 */
export async function openThreads(file: string, start = startThread): Promise<SqliteThreads> {
  let threads: SqliteThread[] = []
  const copies = new Set<Promise<void>>()
  let lost: StoreThreadEnded | undefined
  const giveUp = (reason: StoreThreadEnded) => {
    lost ??= reason
    for (const thread of threads) thread.fail(lost)
  }
  /** The last one to close writes the log back, and a reader cannot. */
  const close = async () => {
    await Promise.allSettled(copies)
    await Promise.all(threads.slice(1).map(thread => thread.close()))
    await threads[0]?.close()
  }
  const copyTo = async (path: string) => {
    if (lost) throw lost
    const copier = await start({ file, role: 'reader' }, () => {})
    try {
      await copier.ask({ do: 'copy', to: resolve(path) })
    } finally {
      await copier.close()
    }
  }

  const roles = ['writer', ...Array.from({ length: readerCount }, () => 'reader' as const)] as const
  const started = await Promise.allSettled(roles.map(role => start({ file, role }, giveUp)))
  threads = started.flatMap(one => (one.status === 'fulfilled' ? one.value : []))
  const failed = started.find(one => one.status === 'rejected')
  const [writer, ...readers] = threads
  if (failed || lost || !writer) {
    await close()
    throw failed?.reason ?? lost
  }
  const whenMayWrite = createTurns([writer])
  const whenFree = createTurns(readers)
  return {
    takeTurn: async () => (await whenMayWrite()).giveBack,
    write: order => writer.ask(order),
    async read(order) {
      const { one, giveBack } = await whenFree()
      try {
        return await one.ask(order)
      } finally {
        giveBack()
      }
    },
    copyTo(path) {
      const copying = copyTo(path)
      copies.add(copying)
      return copying.finally(() => copies.delete(copying))
    },
    close,
  }
}

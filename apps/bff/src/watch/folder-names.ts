import type { FolderReader } from '@lockdesk/flink-client'

export type FolderNames = Record<string, { name: string; parentId: string | null }>

/** A folder that could not be read is asked for again after this long. */
const againAfterMs = 10 * 60_000
/** Of the budget. */
const share = 10

export interface FolderBook {
  /** All names known so far; null where nothing was learnt since the last call. */
  news(): FolderNames | null
  /** Sees to the names of these folders, in the background. It never fails: a name that cannot be had stays empty. */
  want(folderIds: Iterable<string>): void
}

/**
 * The names of one namespace's folders. They are read once, and when an unknown parent appears, one call at a time and no more often than a tenth
 * of the budget allows.
 */
export function openFolderBook(given: {
  reader: FolderReader
  namespace: string
  known: FolderNames
  perMinute(): number
  now(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
  signal: AbortSignal
}): FolderBook {
  const { reader, namespace, now, sleep, signal } = given
  const known: FolderNames = { ...given.known }
  const askedAt = new Map<string | null, number>()
  const wanted = new Set<string | null>()
  let isReading = false
  let isNews = false

  const learn = (folder: { folderId: string; name: string; parentId: string | null }) => {
    known[folder.folderId] = { name: folder.name, parentId: folder.parentId }
    wanted.delete(folder.folderId)
    isNews = true
  }

  const isDue = (id: string | null) => {
    const asked = askedAt.get(id)
    return asked === undefined || now() - asked >= againAfterMs
  }

  async function read(): Promise<void> {
    for (;;) {
      const next = [...wanted].find(isDue)
      if (next === undefined) return
      askedAt.set(next, now())
      try {
        const folder = await reader.readFolder(namespace, next, { purpose: 'sweep', signal })
        learn(folder)
        for (const child of folder.subFolders) learn(child)
        if (folder.parentId !== null && known[folder.parentId] === undefined) wanted.add(folder.parentId)
      } catch {
        if (signal.aborted) return
      }
      wanted.delete(next)
      await sleep((60_000 * share) / given.perMinute(), signal)
    }
  }

  return {
    news() {
      if (!isNews) return null
      isNews = false
      return { ...known }
    },
    want(folderIds) {
      const unknown = [...folderIds].filter(id => known[id] === undefined)
      if (unknown.length === 0) return
      if (Object.keys(known).length === 0) wanted.add(null) // the root names its children all at once
      for (const id of unknown) wanted.add(id)
      if (isReading) return
      isReading = true
      void read()
        .catch(() => {}) // ends with the watcher
        .finally(() => (isReading = false))
    },
  }
}

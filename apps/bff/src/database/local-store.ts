import { randomUUID } from 'node:crypto'
import type { Database } from './schema.ts'
import { type Duty, type Store, type Topic, type Write, createListeners } from './store.ts'

/** The store of the one process that owns its file: every duty is its own, and nobody else is there to be told. */
export function createLocalStore(database: Database, now: () => number): Store {
  const listeners = createListeners()
  const processId = randomUUID()
  let last: Promise<unknown> = Promise.resolve()
  /** Rises when a write begins, when it ends, and whenever somebody asks in between: it may be committed already, without being known to be. */
  let writes = 0
  let isWriting = false
  let writtenAt = 0

  async function run<Result>(work: (write: Write) => Promise<Result>): Promise<Result> {
    const news: [Topic, string][] = []
    const announce = async (...said: [Topic, string]) => void news.push(said)
    let at = 0
    writes += 1
    isWriting = true
    const running = database.transaction().execute(tx => {
      at = now()
      return work({ tx, now: at, announce })
    })
    const result = await running.finally(() => {
      writes += 1
      isWriting = false
    })
    writtenAt = at
    for (const said of news) listeners.tell(...said)
    return result
  }

  const duty: Duty = { database, lost: new AbortController().signal, release: async () => {} }
  return {
    kind: 'sqlite',
    processId,
    now,
    /** One after the other, in the order in which they were asked for. */
    write(work) {
      const running = last.then(() => run(work))
      last = running.catch(() => {})
      return running
    },
    async lastWrite() {
      if (isWriting) writes += 1
      return { id: String(writes), at: writtenAt }
    },
    announce: async (topic, payload) => listeners.tell(topic, payload),
    listen: listeners.add,
    tryDuty: async () => duty,
    isAlive: async (_tx, id) => id === processId,
  }
}

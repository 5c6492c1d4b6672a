import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Answer, Done, Message, Order, ThreadData } from './sqlite-messages.ts'

/** A thread that has one connection to the store, and does what it is asked for, one after the other. */
export interface SqliteThread {
  /** @throws Error what SQLite says, with its `code` and `errcode`; `StoreThreadEnded` */
  ask(order: Order): Promise<Done>
  /** From here on nobody is answered, those who wait among them. */
  fail(reason: StoreThreadEnded): void
  /** Closes the connection when everything that was asked for is done. Resolves when the thread is no more, however it ended. */
  close(): Promise<void>
  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void>
}

/** The thread that should have answered is no more. What it had committed is in the store; whether it committed this, nobody can tell. */
export class StoreThreadEnded extends Error {
  readonly code = 'ERR_SQLITE_THREAD_ENDED'

  constructor(options?: ErrorOptions) {
    super('a thread of the store has ended; Lockdesk must be started anew', options)
    this.name = 'StoreThreadEnded'
  }
}

interface Call {
  rows: unknown[]
  resolve(done: Done): void
  reject(error: Error): void
}

/**
 * Starts one. It does not keep the process alive unless somebody waits for it.
 * @param onEnd told when it ended without having been asked to
 * @throws Error it could not open the store
 */
export async function startThread(data: ThreadData, onEnd: (reason: StoreThreadEnded) => void): Promise<SqliteThread> {
  // Beside this file, as source and in the bundle.
  const code = new URL(`./sqlite-thread${extname(new URL(import.meta.url).pathname)}`, import.meta.url)
  const worker = new Worker(code, {
    name: `store-${data.role}`,
    workerData: data,
    // Told once, by the process itself, is enough.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const waiting = new Map<number, Call>()
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  let isClosing = false
  let failed: StoreThreadEnded | undefined
  let cause: unknown
  let lastId = 0

  const expect = (id: number) => {
    const { promise, resolve, reject } = Promise.withResolvers<Done>()
    if (waiting.size === 0) worker.ref()
    waiting.set(id, { rows: [], resolve, reject })
    return promise
  }
  const send = (message: Message) => worker.postMessage(message)
  const order = (what: Order): Promise<Done> => {
    const id = ++lastId
    const done = expect(id)
    send({ id, ...what })
    return done
  }
  const forget = (id: number) => {
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
  }
  const fail = (reason: StoreThreadEnded) => {
    failed ??= reason
    for (const { reject } of waiting.values()) reject(failed)
    waiting.clear()
    worker.unref()
  }

  worker.on('message', (answer: Answer) => {
    const { id } = answer
    const call = waiting.get(id)
    if (!call) return
    if ('fault' in answer) {
      forget(id)
      call.reject(Object.assign(new Error(answer.fault.message), answer.fault))
      return
    }
    for (const row of answer.rows) call.rows.push(row)
    if (!answer.isLast) {
      // Others of the event loop have their turn before the next part is fetched.
      setImmediate(send, { id, do: 'more' })
      return
    }
    forget(id)
    call.resolve({ rows: call.rows, ...(answer.written && { written: answer.written }) })
  })
  worker.on('error', error => (cause = error))
  worker.once('exit', () => {
    const reason = new StoreThreadEnded({ cause })
    fail(reason)
    end()
    if (!isClosing) onEnd(reason)
  })

  try {
    await expect(0)
  } catch (error) {
    isClosing = true
    await worker.terminate()
    throw error
  }
  return {
    ask: what => (failed || isClosing ? Promise.reject(failed ?? new StoreThreadEnded()) : order(what)),
    fail,
    async close() {
      if (!isClosing) {
        isClosing = true
        // Asked also where nobody is answered any more: the connection should be closed all the same.
        send({ id: ++lastId, do: 'close' })
        worker.ref()
      }
      await ended
    },
    async kill() {
      await worker.terminate()
    },
  }
}

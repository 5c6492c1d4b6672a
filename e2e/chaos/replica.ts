import { Api } from '../fixtures/api.ts'
import { type Server, freePort, startServer } from '../fixtures/server.ts'
import { type Onlooker, type Point, watchCloud, watchDatabase } from './points.ts'
import { type Fate, type Wire, openWire } from './wire.ts'

export interface ReplicaOptions {
  name: string
  cloudPort: number
  /** Of a PostgreSQL; absent: SQLite in `dataFolder`. */
  databasePort?: number
  dataFolder: string
  env: Record<string, string>
  main?: string
  preload?: readonly string[]
  /** Told of every point as it passes. */
  onPoint(point: Point, detail: string): void
  /** It ended although nobody ended it: what it had printed. It is started again, as a service manager would. */
  onDeath(printed: string): void
}

/** One process of Lockdesk, with its own wires to the cloud and the store: to be killed, paused, cut off and started again. */
export interface Replica {
  readonly name: string
  readonly url: string
  /** Whether it is worth asking. */
  isUp(): boolean
  /** Of its process; 0 where there is none. */
  pid(): number
  readonly cloud: Wire
  /** Null where the store is a file. */
  readonly database: Wire | null
  /** Starts it, again and again, until it serves. @throws it does not */
  start(): Promise<void>
  kill(): Promise<void>
  /** Kills it when it passes that point for the `nth` time, or after `patienceMs`. @param fate of the bytes that made the point */
  killAt(point: Point, nth: number, fate: Fate, patienceMs: number): Promise<void>
  /** SIGTERM. @returns after how many ms it had ended */
  terminate(): Promise<number>
  pause(): void
  goOn(): void
  /** Something from outside for the next starts. */
  extra: { env?: Record<string, string>; preload?: readonly string[] }
  signIn(person: 'ada' | 'bo' | 'vi'): Promise<Api>
  close(): Promise<void>
}

const retryMs = 100
const longestStartMs = 20_000

export async function createReplica(options: ReplicaOptions): Promise<Replica> {
  let server: Server | null = null
  let isPaused = false
  let isClosed = false
  let starting: Promise<void> | null = null
  let trap: ((point: Point) => Fate) | null = null
  const see: Onlooker = (point, detail) => {
    options.onPoint(point, detail)
    return trap?.(point) ?? 'pass'
  }
  const cloud = await openWire(options.cloudPort, () => watchCloud(see))
  const database =
    options.databasePort === undefined ? null : await openWire(options.databasePort, () => watchDatabase(see))
  const port = await freePort()
  const databaseUrl = database && `postgres://postgres@127.0.0.1:${database.port}/postgres`

  async function comeUp(): Promise<void> {
    const until = Date.now() + longestStartMs
    while (server === null && !isClosed) {
      const started = await startServer({
        demoCloud: `http://127.0.0.1:${cloud.port}`,
        dataFolder: options.dataFolder,
        port,
        patienceMs: longestStartMs,
        env: {
          ...options.env,
          ...(databaseUrl && { LOCKDESK_DATABASE_URL: databaseUrl }),
          ...replica.extra.env,
        },
        ...(options.main && { main: options.main }),
        preload: [...(options.preload ?? []), ...(replica.extra.preload ?? [])],
      }).catch((fault: unknown) => fault as Error)
      if (started instanceof Error) {
        if (Date.now() > until) throw new Error(`${options.name} does not come up again`, { cause: started })
        await new Promise(resolve => setTimeout(resolve, retryMs))
        continue
      }
      server = started
      void started.ended.then(() => {
        if (server !== started || isClosed) return
        server = null
        options.onDeath(started.printed())
        return replica.start()
      })
    }
  }

  const replica: Replica = {
    name: options.name,
    url: `http://127.0.0.1:${port}`,
    cloud,
    database,
    extra: {},
    isUp: () => server !== null && !isPaused,
    pid: () => server?.pid ?? 0,
    start: () => (starting ??= comeUp().finally(() => (starting = null))),
    async kill() {
      const dying = server
      server = null
      isPaused = false
      await dying?.kill()
    },
    async killAt(point, nth, fate, patienceMs) {
      let left = nth
      await new Promise<void>(resolve => {
        const late = setTimeout(resolve, patienceMs)
        trap = passed => {
          if (passed !== point || --left > 0) return 'pass'
          trap = null
          void replica.kill() // the signal is sent before the bytes go on
          clearTimeout(late)
          resolve()
          return fate
        }
      })
      trap = null
      await replica.kill()
    },
    async terminate() {
      const ending = server
      server = null
      const began = performance.now()
      await ending?.stop()
      return performance.now() - began
    },
    pause() {
      if (!server) return
      isPaused = true
      process.kill(server.pid, 'SIGSTOP')
    },
    goOn() {
      if (server && isPaused) process.kill(server.pid, 'SIGCONT')
      isPaused = false
    },
    signIn: person => new Api(replica.url).signIn(person),
    async close() {
      isClosed = true
      replica.goOn()
      await server?.stop()
      await Promise.all([cloud.close(), database?.close()])
    },
  }
  return replica
}

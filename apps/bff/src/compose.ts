import type { NamespaceRef } from '@lockdesk/contract'
import { UpstreamError } from '@lockdesk/flink-client'
import pino, { type Logger } from 'pino'
import { openAccess } from './access/open-access.ts'
import { keyOf, readFreshness } from './board/freshness.ts'
import { openWorkspaces } from './cloud/open-workspaces.ts'
import { createSharedCallBudget } from './cloud/shared-call-budget.ts'
import { serviceHolders } from './cloud/service-holders.ts'
import { loggable } from './cloud/loggable.ts'
import { onlyLooking } from './cloud/workspace.ts'
import { type Config, openSecret } from './config/index.ts'
import type { Database } from './database/schema.ts'
import { type App, createApp } from './http/app.ts'
import { createMetrics } from './http/metrics.ts'
import { readPageFiles } from './http/page-files.ts'
import { type Listening, serve } from './http/serve.ts'
import { keepLedger } from './ledger/keep-ledger.ts'
import type { Ledger } from './ledger/ledger.ts'
import { openLedger } from './ledger/open-ledger.ts'
import { longestUnsealedMs } from './ledger/seal-segments.ts'
import { createCursors } from './live/cursor.ts'
import { type Hub, createHub } from './live/hub.ts'
import { createLooking, tellEveryMs } from './live/looking.ts'
import { listenerOf } from './live/routes.ts'
import { createLeases } from './locks/leases.ts'
import { createLocks } from './locks/take-lock.ts'
import { startControl } from './operator/control-server.ts'
import { perform } from './operator/perform.ts'
import { openSink } from './sink/open-sink.ts'
import { sinkId } from './sink/sink.ts'
import { startSink } from './sink/start-sink.ts'
import { type Watcher, startWatcher } from './watch/watcher.ts'

export interface ComposeOptions {
  /** The machine's clock. */
  wallClock?: () => number
  log?: Logger
  /** Where the cloud's keys and proxies are named; absent: the process's own. */
  env?: Readonly<Record<string, string | undefined>>
  /** Where the built page is; absent: there is none. */
  pageFolder?: string
}

/** The whole of Lockdesk, sweeping already. */
export interface Lockdesk {
  app: App
  database: Database
  ledger: Ledger
  /** @throws CannotListen */
  listen(port: number, host: string): Promise<{ url: string; port: number }>
  /** Resolves when everything that is watched has been read once, or after this long. */
  firstLook(longestMs: number): Promise<void>
  /** Ends the streams, waits for takes under way, writes back what is left. Takes 9 seconds at most. */
  close(): Promise<void>
}

const longestCloseMs = 8_000
const leastEndMs = 1_000
const expireEveryMs = 60_000

/**
 * Builds everything from what was configured. The only place that knows all rooms.
 * @throws ConfigFault, DatabaseFault, NobodyCanSignIn
 */
export async function compose(config: Config, options: ComposeOptions = {}): Promise<Lockdesk> {
  /** What must end again, the newest first. */
  const ends: (() => unknown)[] = []
  const endAll = async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  }
  try {
    return await furnish(config, options, ends, endAll)
  } catch (error) {
    await endAll()
    throw error
  }
}

async function furnish(
  config: Config,
  { wallClock, log = pino({ enabled: false }), env, pageFolder }: ComposeOptions,
  ends: (() => unknown)[],
  endAll: () => Promise<void>,
): Promise<Lockdesk> {
  const { publicUrl, mode, trustedProxies, firstAdmin, takesPerMinute, streamsPerPerson, dataFolder, retentionMs } =
    config
  const pageFiles = pageFolder === undefined ? new Map() : await readPageFiles(pageFolder)
  const open: { hub?: Hub } = {}
  const openStreams = () => open.hub?.size ?? 0
  const metrics = createMetrics({ openStreams })
  let secret: string | undefined
  const secretOf = () => (secret ??= openSecret(config.secret, dataFolder))
  const kept = await openLedger({
    url: config.databaseUrl,
    ...(wallClock && { wall: wallClock }),
    secret: secretOf,
    ...(retentionMs !== null && { longestUnsealedMs: Math.min(longestUnsealedMs, retentionMs) }),
    onWritten: metrics.countEntries,
    onFault: error => log.error({ err: error }, 'the ledger cannot be followed or looked after'),
  })
  ends.push(kept.close)
  const { database, store, ledger, sealer } = kept
  const { now } = store
  if (kept.isNewLife)
    log.warn(
      'The ledger was restored, moved or copied: it has another id from here on, and open pages read the board anew.',
    )
  const cursors = createCursors({ secret: secretOf(), ledgerId: ledger.id })
  const looking = createLooking({ now, openStreams })
  if (store.kind === 'postgres') {
    store.listen('looking', teller => {
      if (teller !== '' && teller !== store.processId) looking.somebodyLooksElsewhere()
    })
    const tell = async () => {
      if (looking.isAnybodyLookingHere()) await store.announce('looking', store.processId)
    }
    ends.push(every(tellEveryMs, tell, log))
  }
  const opened = openWorkspaces(config, {
    now,
    observe: metrics.countCall,
    ...(env && { env }),
    ...(store.kind === 'postgres' && {
      sharedBudget: (credential: string, perMinute: number) =>
        createSharedCallBudget({ database, store, credential, perMinute }),
    }),
  })
  ends.push(() => Promise.all(opened.map(({ client }) => client.close())))
  const workspaces = new Map(opened.map(workspace => [workspace.id, onlyLooking(workspace)]))
  const takers = new Map(opened.map(workspace => [workspace.id, workspace]))

  const isService = serviceHolders(workspaces)
  const sink =
    config.sink &&
    startSink({
      database,
      store,
      ledger,
      isService,
      sink: openSink(config.sink),
      id: sinkId(config.sink),
      onAway: error => log.warn({ reason: error.message }, 'the sink takes no entries; they wait in the ledger'),
      onBack: () => log.info('the sink takes entries again'),
      onFault: error => log.error({ err: error }, 'the sink could not be told'),
    })
  if (sink) {
    metrics.watchSink(sink)
    ends.push(sink.stop)
  }
  if (sealer)
    ends.push(
      keepLedger({
        database,
        store,
        sealer,
        retentionMs,
        ...(sink && { heardUpTo: sink.position }),
        onLetGo: count => log.info({ count }, 'old entries of the ledger were let go of'),
        onFault: error => log.error({ err: error }, 'the ledger could not be looked after'),
      }),
    )

  const people = { database, ledger, now, mode, publicUrl, trustedProxies, firstAdmin, workspaces }
  const access = await openAccess(people)
  const { sessions } = access
  ends.push(every(expireEveryMs, () => sessions.endExpired(), log))
  if (dataFolder !== null)
    ends.push(
      await startControl(dataFolder, command =>
        perform({ ...access, ledger, ...(kept.backupTo && { backupTo: kept.backupTo }) }, command),
      ),
    )

  const watcher = startWatcher({
    workspaces: workspaces.values(),
    ledger,
    store,
    now,
    isAnybodyLooking: looking.isAnybodyLooking,
    isOpen: looking.isOpen,
    onSweep: ({ isComplete }) => metrics.countSweep(isComplete),
    // What the cloud does is no mistake of ours.
    onFault: ({ error, ...where }) =>
      error instanceof UpstreamError
        ? log.warn({ ...where, ...loggable(error) }, 'watching failed')
        : log.error({ ...where, err: error }, 'watching failed'),
  })
  await watcher.recalled
  const watchedNamespaces = async () => watcher.watched()
  const knownNamespaces = async () => distinct([...watcher.watched(), ...(await ledger.namespaces())])
  const locks = createLocks({
    ledger,
    workspaces: takers,
    takesPerMinute,
    now,
    log,
    ...(store.kind === 'postgres' && { leases: createLeases({ database, store }) }),
  })
  const hub = createHub({
    ledger,
    cursors,
    isService,
    knownNamespaces,
    freshness: refs => readFreshness({ ledger, workspaces, now }, refs),
    listenerOf: async sessionId => {
      const caller = await sessions.callerOf(sessionId)
      return caller && !caller.mustChangePassword ? listenerOf(caller) : null
    },
    log,
  })
  open.hub = hub
  sessions.onEnded(hub.endSession)
  if (store.kind === 'postgres') {
    // Streams of the other replicas would end with the next look at their sessions only.
    store.listen('session', hub.endSession)
    sessions.onEnded(id => void store.announce('session', id).catch(() => {}))
  }

  const app = createApp({
    ...access,
    workspaces,
    ledger,
    watchedNamespaces,
    knownNamespaces,
    cursors,
    boardWasRead: looking.boardWasRead,
    draftWasRead: looking.draftWasRead,
    hub,
    locks,
    streamsPerPerson,
    publicUrl,
    log,
    metrics,
    isReady: () => answers(database),
    pageFiles,
  })

  const listening: Listening[] = []
  let closed: Promise<void> | undefined
  const close = async () => {
    const endBy = performance.now() + longestCloseMs
    hub.close()
    // First nobody may ask any more, then what was asked is finished: a take must not begin behind the last look.
    const answered = Promise.allSettled(listening.map(one => one.close(longestCloseMs)))
    const ending = Promise.allSettled([watcher.stop(), answered.then(() => locks.close())])
    await within(
      longestCloseMs,
      ending.then(all => {
        for (const one of all)
          if (one.status === 'rejected') log.error({ err: one.reason }, 'something did not end in order')
      }),
    )
    // A store that does not answer any more holds up nothing: what is committed is committed.
    await within(Math.max(leastEndMs, endBy - performance.now()), endAll())
  }
  return {
    app,
    database,
    ledger,
    async listen(port, host) {
      const one = await serve(app.fetch, { port, host })
      listening.push(one)
      return { port: one.port, url: `http://${host.includes(':') ? `[${host}]` : host}:${one.port}` }
    },
    firstLook: longestMs => within(longestMs, lookedOnce(watcher, ledger)),
    close: () => (closed ??= close()),
  }
}

/** Resolves when every namespace that is watched has been read as a whole at least once, be it before a restart. */
async function lookedOnce(watcher: Watcher, ledger: Ledger): Promise<void> {
  const { promise: looked, resolve } = Promise.withResolvers<void>()
  const see = async () => {
    const read = new Set((await ledger.namespaces()).filter(({ sweptAt }) => sweptAt !== null).map(keyOf))
    const watched = watcher.watched()
    if (watched.length > 0 && watched.every(ref => read.has(keyOf(ref)))) resolve()
  }
  const forget = ledger.onFreshness(() => void see().catch(() => {})) // the next one shows it
  await see()
  await looked
  forget()
}

/** Does something again and again until it is stopped. @returns stops it */
function every(ms: number, work: () => Promise<void>, log: Logger): () => void {
  const timer = setInterval(() => {
    work().catch((error: unknown) => log.error({ err: error }, 'what is done every so often failed'))
  }, ms)
  timer.unref()
  return () => clearInterval(timer)
}

function distinct(refs: readonly NamespaceRef[]): NamespaceRef[] {
  return [
    ...new Map(
      refs.map(({ workspace, namespace }) => [keyOf({ workspace, namespace }), { workspace, namespace }]),
    ).values(),
  ]
}

async function answers(database: Database): Promise<boolean> {
  try {
    await database.selectFrom('ledger').select('ledger_id').executeTakeFirstOrThrow()
    return true
  } catch {
    return false
  }
}

/** Waits for the end of something, and no longer than this. */
async function within(longestMs: number, work: Promise<unknown>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, longestMs)
  await Promise.race([work, late])
  clearTimeout(timer)
}

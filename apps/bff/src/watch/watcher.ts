import { setTimeout as wait } from 'node:timers/promises'
import type { DraftRef, NamespaceRef } from '@lockdesk/contract'
import { type FlinkClient, UpstreamError } from '@lockdesk/flink-client'
import type { CallBudget } from '../cloud/call-budget.ts'
import type { Workspace } from '../cloud/workspace.ts'
import type { Duty, Store } from '../database/store.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { NoNamespaces, discoverNamespaces } from './discover-namespaces.ts'
import { onDuty } from './duties.ts'
import { backOff } from './pace.ts'
import { keepReadingMembers } from './member-readings.ts'
import { type Watch, watchNamespace } from './watch-namespace.ts'

/** Told after every sweep, whatever came of it. */
export interface SweepReport extends NamespaceRef {
  isComplete: boolean
  pages: number
  ms: number
  error?: string
}

export interface WatcherOptions {
  workspaces: Iterable<Workspace>
  ledger: Watch['ledger'] & Pick<Ledger, 'namespaces' | 'membersReadAt' | 'observeMembers'>
  /** Says which process sweeps which namespace. */
  store: Pick<Store, 'tryDuty'>
  now(): number
  /** Somebody has the board open; while nobody has, sweeps are rarer. */
  isAnybodyLooking(): boolean
  /** Somebody has this draft open on a page. */
  isOpen?(draft: DraftRef): boolean
  random?(): number
  onSweep?(report: SweepReport): void
  /** Ms between two questions for the namespaces that there are. */
  discoverEveryMs?: number
  /** A workspace's namespaces could not be asked for or were none, a namespace could not be read, or its watch broke: for the log. */
  onFault?(fault: { workspace: string; namespace?: string; error: unknown }): void
}

export interface Watcher {
  /** Configured, or discovered up to now; after a restart those known from before. */
  watched(): NamespaceRef[]
  /** Resolves when those that are configured or known from before are among them: the board of before is there from then on. */
  recalled: Promise<unknown>
  /** Aborts what is being read and waits until everything has ended. */
  stop(): Promise<void>
}

const restartAfterMs = 5_000
const recallAgainMs = 1_000
/** In sweeps: a namespace that somebody made or removed is noticed soon, for one call each time. */
const discoverEvery = 2

/** Watches every namespace of every workspace, each in a loop of its own: one that fails holds up no other. */
export function startWatcher(options: WatcherOptions): Watcher {
  const stopping = new AbortController()
  const { signal } = stopping
  const running: Promise<void>[] = []
  /** By credential, which is by budget. */
  const answeredAt = new Map<CallBudget, number>()
  const places = [...options.workspaces].map(workspace => ({ workspace, loops: new Map<string, Loop>() }))
  const together = new Map(places.map(({ workspace }) => [workspace, { showLocks: false }]))
  const recalls = places.map(({ workspace, loops }) => insist(workspace, () => recall(workspace, loops)))
  for (const [at, { workspace, loops }] of places.entries())
    running.push(
      insist(workspace, async () => {
        await recalls[at]
        await keepDiscovering(workspace, loops)
      }),
    )

  /** Again after a while, where the store or a mistake of ours ended it: told, and no reason to watch nothing for ever. */
  async function insist({ id }: Workspace, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted)
      try {
        return await untilStopped(signal, work)
      } catch (error) {
        options.onFault?.({ workspace: id, error })
        await sleep(recallAgainMs, signal).catch(() => {})
      }
  }

  async function recall(workspace: Workspace, loops: Map<string, Loop>): Promise<void> {
    const known =
      workspace.namespaces === '*'
        ? (await options.ledger.namespaces()).filter(state => state.workspace === workspace.id)
        : workspace.namespaces.map(namespace => ({ workspace: workspace.id, namespace }))
    if (!signal.aborted) follow(workspace, loops, known)
  }

  async function keepDiscovering(workspace: Workspace, loops: Map<string, Loop>): Promise<void> {
    if (workspace.namespaces !== '*') return
    let wasEmpty = false
    for (let failures = 0; ;) {
      try {
        const found = await discoverNamespaces(workspace, signal)
        failures = 0
        const isEmpty = found.length === 0
        if (isEmpty && !wasEmpty) options.onFault?.({ workspace: workspace.id, error: new NoNamespaces(loops.size) })
        if (!isEmpty || wasEmpty) follow(workspace, loops, found)
        wasEmpty = isEmpty
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof UpstreamError)) throw error
        options.onFault?.({ workspace: workspace.id, error })
        failures += 1
      }
      const random = options.random ?? Math.random
      const pauseMs = options.discoverEveryMs ?? discoverEvery * workspace.sweepIntervalMs
      await sleep(failures > 0 ? 1_000 + backOff(failures, 60_000, random()) : pauseMs, signal)
    }
  }

  /** Begins to watch what is new, and ends what is no longer there. */
  function follow(workspace: Workspace, loops: Map<string, Loop>, found: readonly NamespaceRef[]): void {
    for (const [name, loop] of loops)
      if (!found.some(({ namespace }) => namespace === name)) {
        loop.end.abort()
        loops.delete(name)
      }
    for (const { workspace: id, namespace } of found)
      if (!loops.has(namespace)) {
        const loop: Loop = { ref: { workspace: id, namespace }, pages: 1, end: new AbortController() }
        loops.set(namespace, loop)
        running.push(keepWatching(workspace, loop))
      }
  }

  async function keepWatching(workspace: Workspace, loop: Loop): Promise<void> {
    const { ref } = loop
    const ending = AbortSignal.any([signal, loop.end.signal])
    const watch: Watching = {
      namespace: ref,
      client: workspace.client,
      budget: workspace.budget,
      ledger: options.ledger,
      targetMs: workspace.sweepIntervalMs,
      pagesTogether: own => {
        loop.pages = own
        return pagesBehind(workspace)
      },
      together: together.get(workspace) ?? { showLocks: false },
      isAnybodyLooking: options.isAnybodyLooking,
      isOpen: draftId => options.isOpen?.({ ...ref, draftId }) ?? false,
      now: options.now,
      random: options.random ?? Math.random,
      sleep,
      signal: ending,
      lastAnsweredAt: () => answeredAt.get(workspace.budget) ?? 0,
      onSweep(report) {
        if (report.isComplete) answeredAt.set(workspace.budget, options.now())
        options.onSweep?.({ ...ref, ...report })
      },
      onFailure: error => options.onFault?.({ ...ref, error }),
    }
    const duties = {
      store: options.store,
      sleep,
      random: watch.random,
      signal: ending,
      onFault: (error: unknown) => options.onFault?.({ ...ref, error }),
    }
    while (!ending.aborted)
      await untilStopped(ending, () => onDuty(ref, duties, duty => watchUnder(duty, watch))).catch(
        async (error: unknown) => {
          // A mistake of ours: told, and no reason to leave the namespace unwatched for ever.
          options.onFault?.({ ...ref, error })
          await sleep(restartAfterMs, ending).catch(() => {})
        },
      )
  }

  /** Until the right is lost: what is read then could not be written any more. */
  async function watchUnder(duty: Duty, watch: Watching): Promise<void> {
    const signal = AbortSignal.any([watch.signal, duty.lost])
    const { workspace, namespace } = watch.namespace
    const states = await options.ledger.namespaces()
    const known = states.find(state => state.workspace === workspace && state.namespace === namespace)
    const folders = known?.folders ?? {}
    const wasMute = known?.error?.cause === 'list-without-locks'
    const members = readMembersUnder(duty, watch, signal)
    try {
      await untilStopped(duty.lost, () => watchNamespace({ ...watch, signal, duty, folders, wasMute }))
    } finally {
      await members.end()
    }
  }

  /** Beside the sweeps, so that nothing that comes of it holds them up. */
  function readMembersUnder(
    duty: Duty,
    { namespace, client, budget, ledger, targetMs, now, sleep, onFailure }: Watching,
    signal: AbortSignal,
  ) {
    const ending = new AbortController()
    const ended = AbortSignal.any([signal, ending.signal])
    const reading = untilStopped(ended, () =>
      keepReadingMembers({
        namespace,
        reader: client.members,
        ledger,
        duty,
        targetMs,
        perMinute: () => budget.state().perMinute,
        namespacesTogether: () => loopsBehind(budget).length,
        now,
        sleep,
        signal: ended,
        ...(onFailure && { onFailure }),
      }),
    ).catch((error: unknown) => options.onFault?.({ ...namespace, error }))
    return {
      async end() {
        ending.abort()
        await reading
      },
    }
  }

  const loopsBehind = (budget: CallBudget) =>
    places.filter(({ workspace }) => workspace.budget === budget).flatMap(({ loops }) => [...loops.values()])

  /** Calls of one round over everything that shares the workspace's budget. */
  function pagesBehind({ budget }: Workspace): number {
    return loopsBehind(budget).reduce((sum, { pages }) => sum + pages, 0)
  }

  return {
    watched: () => places.flatMap(({ loops }) => [...loops.values()].map(({ ref }) => ref)),
    recalled: Promise.allSettled(recalls),
    async stop() {
      stopping.abort()
      await Promise.allSettled(running)
    },
  }
}

/** What a namespace is watched with, but for what is known of it when that begins. */
type Watching = Omit<Watch, 'folders' | 'wasMute' | 'duty' | 'client' | 'ledger'> & {
  client: FlinkClient
  ledger: WatcherOptions['ledger']
}

interface Loop {
  ref: NamespaceRef
  /** Calls that its last sweep took. */
  pages: number
  end: AbortController
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal, ref: false })

/** Being stopped is the ordinary end of everything here. */
async function untilStopped(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

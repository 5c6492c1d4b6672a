import type { Board, Freshness, LockEvent } from '@lockdesk/contract'
import { demoWorkspace } from '@lockdesk/flink-emulator'
import type { Api } from '../fixtures/api.ts'
import { type ConsolePlaces, workInConsole } from './colleagues.ts'
import { type Desk, type StoreName, openDesk } from './desk.ts'
import { follow } from './follower.ts'
import type { History, Violation } from './judge/history.ts'
import { type Toll, keepBreaking } from './mishaps.ts'
import { type TakenDraft, type Told, keepTaking, sessions, take, takers } from './people.ts'
import { seededRandom } from './random.ts'
import { watchTruth } from './truth.ts'
import { type VariantName, variants } from './variants.ts'

export interface CampaignOptions {
  store: StoreName
  replicas: number
  variant: VariantName
  seed: number
  kills: number
  /** Ends it also where there were fewer kills by then. */
  longestMs?: number
  pausedMs?: number
  /** How long is waited at the end until everything is settled; a control may never get there. */
  quietMs?: number
  /** Told of what is going on, now and then. */
  say?(words: string): void
}

export interface Campaign {
  history: History
  toll: Toll
  sweeps: number
}

const namespaces = ['trade-dev', 'risk-dev']
const draftCount = 240
const contested = 40
/** Lists are a moment old when they arrive, as over any network: what happened meanwhile is newer. */
const wayOfAList = { kind: 'latency', operation: 'ListDeploymentDrafts', ms: 60 } as const
const longestQuietMs = 45_000
/** On SQLite everybody goes by the machine's clock; of the database's each replica has an estimate, which a busy way to it makes worse. */
const clockSlackMs = { sqlite: 0, postgres: 400 }

/** People take, colleagues work, things break; then quiet, and everything that was seen. */
export async function runCampaign(options: CampaignOptions): Promise<Campaign> {
  const { store, replicas, seed } = options
  const random = seededRandom(seed)
  const getLocks: { draftId: string; at: number }[] = []
  const notices: Violation[] = []
  const desk = await openDesk({
    store,
    replicas,
    variant: variants[options.variant],
    drafts: draftCount,
    namespaces,
    onPoint: (point, draftId) => void (point === 'take asked' && getLocks.push({ draftId, at: Date.now() })),
    onDeath: (replica, printed) =>
      void notices.push({ invariant: 'end', words: `${replica} ended by itself: ${printed.slice(-1_500)}` }),
  })
  try {
    return await shake(options, desk, random, { getLocks, notices })
  } finally {
    await desk.close()
  }
}

async function shake(
  options: CampaignOptions,
  desk: Desk,
  random: ReturnType<typeof seededRandom>,
  { getLocks, notices }: { getLocks: { draftId: string; at: number }[]; notices: Violation[] },
): Promise<Campaign> {
  const { emulator, replicas } = desk
  const calm = () => {
    emulator.clearFaults()
    emulator.addFault(wayOfAList)
  }
  calm()
  const truth = watchTruth(emulator)
  const ids = [...emulator.world.drafts.values()].map(({ id }) => id)
  const forColleagues = ids.filter((_, index) => index % 2 === 0)
  truth.leaveToColleagues(forColleagues)
  const forTakers = ids.filter((_, index) => index % 2 === 1)
  const unmet = Array.from({ length: contested }, (_, index) => {
    const namespace = random.pick(namespaces)
    return { ...emulator.createDraft({ workspace: demoWorkspace, namespace, name: `pair-${index}` }), namespace }
  })
  const places: ConsolePlaces = { workspace: demoWorkspace, namespaces, draftIds: ids, made: new Set() }

  await Promise.all(replicas.map(replica => replica.start()))
  const everybody = sessions()
  const sweeps = new Map<string, Set<number>>()
  const onFreshness = ({ namespace, lastSweepAt }: Freshness) => {
    if (lastSweepAt === null) return
    const known = sweeps.get(namespace) ?? new Set()
    sweeps.set(namespace, known.add(Date.parse(lastSweepAt)))
  }
  const followers = ['first', 'second'].map(() =>
    follow({ replicas, sessions: everybody, chooseFrom: from => random.pick(from), onFreshness }),
  )

  const told: Told[] = []
  const pairs: Told[][] = []
  const toll: Toll = { kills: 0, crashes: 0, others: new Map(), last: '' }
  const clock = { isOver: false, until: Date.now() + (options.longestMs ?? Number.POSITIVE_INFINITY) }
  const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
  const seen = (draftId: string): TakenDraft | null => {
    const draft = emulator.world.drafts.get(draftId)
    if (!draft) return null
    const holderId = random.chance(0.05) ? '9' : (draft.lock?.holder.id ?? null)
    return { workspace: demoWorkspace, namespace: draft.namespace.name, draftId, holderId }
  }
  const contest = async () => {
    const draft = unmet.pop()
    const up = replicas.filter(replica => replica.isUp())
    if (!draft || up.length === 0) return
    const free = { workspace: demoWorkspace, namespace: draft.namespace, draftId: draft.draftId, holderId: null }
    const answers = await Promise.all(
      takers.map(async (person, index) => {
        const replica = up[index % up.length] ?? random.pick(up)
        const api = await everybody.of(replica, person).catch(() => null)
        return api ? [await take(api, { replica, person }, free)] : []
      }),
    )
    told.push(...answers.flat())
    pairs.push(answers.flat())
  }

  const people = [...takers, ...takers].map(person =>
    keepTaking({
      person,
      random,
      sessions: everybody,
      replicas,
      choose: () => seen(random.pick(forTakers)),
      onTold: one => told.push(one),
      pause,
      isOver: () => clock.isOver,
    }),
  )
  const colleagues = (async () => {
    while (!clock.isOver) {
      await pause(random.between(10, 60))
      workInConsole(emulator, truth, random, places)
    }
  })()
  const mishaps = {
    desk,
    calm,
    random,
    toll,
    pause,
    contest,
    pausedMs: options.pausedMs ?? 2_500,
    onTerminated: (ms: number) =>
      void (ms > 10_000 && notices.push({ invariant: 'end', words: `SIGTERM took ${Math.round(ms)} ms` })),
  }
  const say = options.say ?? (() => {})
  const progress = setInterval(() => {
    const up = replicas.map(replica => (replica.isUp() ? 'up' : 'down')).join(', ')
    say(`${toll.kills} kills, ${toll.crashes} crashes, ${told.length} takes; ${up}; last: ${toll.last}`)
  }, 5_000)
  await keepBreaking(mishaps, options.kills, () => Date.now() > clock.until)
  clock.isOver = true
  say('quiet')
  calm()
  await Promise.all(replicas.map(replica => replica.start()))
  await Promise.all([...people, colleagues])
  clearInterval(progress)
  say('nobody takes any more')

  const before = getLocks.length
  const [someone] = replicas
  if (!someone) throw new Error('there is no replica')
  const stillPending = await untilQuiet(await everybody.of(someone, 'vi'), options.quietMs ?? longestQuietMs)
  const fresh = (await (await everybody.of(someone, 'vi')).get<Board>('/api/board')).body
  const head = await newestForViewers(await everybody.of(someone, 'ada'))
  for (const follower of followers)
    await follower
      .reached(head, 10_000)
      .catch((fault: Error) => notices.push({ invariant: 'I9', words: fault.message }))
  const boards = followers.map(follower => ({ followed: follower.board(), fresh }))
  for (const follower of followers) follower.stop()
  await everybody.close()

  if (options.store === 'sqlite') for (const replica of replicas) await replica.terminate()
  const ledger = await desk.readLedger()
  truth.stop()
  return {
    toll,
    sweeps: [...sweeps.values()].reduce((sum, { size }) => sum + size, 0),
    history: {
      ...ledger,
      clockSlackMs: clockSlackMs[options.store],
      truth: truth.all(),
      sweeps: new Map([...sweeps].map(([name, starts]) => [name, [...starts].toSorted((a, b) => a - b)])),
      getLocks,
      getLocksCounted: Object.values(emulator.calls()).reduce(
        (sum, of) => sum + (of['GetDeploymentDraftLock'] ?? 0),
        0,
      ),
      getLocksWhileLooking: getLocks.length - before,
      told,
      pairs,
      boards,
      stillPending,
      notices,
    },
  }
}

/** Number of the newest entry that is told to viewers. */
async function newestForViewers(api: Api): Promise<number> {
  const { events } = (await api.get<{ events: LockEvent[] }>('/api/audit/events?limit=200')).body
  return events.find(({ kind }) => !['intent', 'attempt', 'denied', 'setting'].includes(kind))?.number ?? 0
}

/** Waits until two whole sweeps of each namespace began after now, and no take is pending any more. @returns the drafts where one still is */
async function untilQuiet(api: Api, patienceMs: number): Promise<string[]> {
  const began = Date.now()
  const seen = new Map<string, Set<string>>()
  for (;;) {
    const { drafts, namespaces: states } = (await api.get<Board>('/api/board')).body
    const pending = drafts.filter(draft => draft.pending).map(({ ref }) => ref.draftId)
    for (const { namespace, lastSweepAt } of states)
      if (lastSweepAt !== null && Date.parse(lastSweepAt) > began)
        seen.set(namespace, (seen.get(namespace) ?? new Set()).add(lastSweepAt))
    const isSwept = states.length > 0 && states.every(({ namespace }) => (seen.get(namespace)?.size ?? 0) >= 3)
    if ((isSwept && pending.length === 0) || Date.now() - began > patienceMs) return pending
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

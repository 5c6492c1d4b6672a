import type { Emulator, Fault } from '@lockdesk/flink-emulator'
import type { Desk } from './desk.ts'
import { type Point, cloudPoints, databasePoints } from './points.ts'
import type { Random } from './random.ts'
import type { Replica } from './replica.ts'

/** How often each thing went wrong. */
export interface Toll {
  kills: number
  crashes: number
  others: Map<string, number>
  /** What is going wrong now, or was last. */
  last: string
}

export interface Mishaps {
  desk: Desk
  /** Whatever goes wrong in the cloud ends. */
  calm(): void
  random: Random
  toll: Toll
  pause(ms: number): Promise<void>
  /** Two people take one free draft at the same moment. */
  contest(): Promise<void>
  /** SIGTERM must have ended it within 10 s. */
  onTerminated(ms: number): void
  /** How long a paused replica stays paused. */
  pausedMs: number
}

type Mishap = (mishaps: Mishaps) => Promise<void>

const upOf = ({ desk }: Mishaps) => desk.replicas.filter(replica => replica.isUp())

/** The replica that was chosen starts again while the next thing goes wrong already. */
async function killing(mishaps: Mishaps, kill: (replica: Replica) => Promise<void>, replicas: readonly Replica[]) {
  await Promise.all(replicas.map(kill))
  mishaps.toll.kills += replicas.length
  const starting = Promise.all(replicas.map(replica => replica.start()))
  if (mishaps.desk.replicas.length === 1) await starting
}

const killAnytime: Mishap = async mishaps => {
  const up = upOf(mishaps)
  if (up.length > 0) await killing(mishaps, replica => replica.kill(), [mishaps.random.pick(up)])
}

/** After fetch, around begin and commit, before publish, around a take: the bytes of that moment arrive, or do not. */
const killAtPoint: Mishap = async mishaps => {
  const { random } = mishaps
  const up = upOf(mishaps)
  if (up.length === 0) return
  const replica = random.pick(up)
  const points: readonly Point[] = replica.database && random.chance(0.6) ? databasePoints : cloudPoints
  const [point, nth, fate] = [random.pick(points), random.between(1, 4), random.pick(['pass', 'lose'] as const)]
  await killing(mishaps, one => one.killAt(point, nth, fate, 1_500), [replica])
}

const killAll: Mishap = mishaps => killing(mishaps, replica => replica.kill(), upOf(mishaps))

const crashDatabase: Mishap = async ({ desk, toll }) => {
  if (!desk.server) return
  await desk.server.crashAndRestart()
  toll.crashes += 1
}

const pauseReplica: Mishap = async mishaps => {
  const up = upOf(mishaps)
  if (up.length === 0) return
  const replica = mishaps.random.pick(up)
  replica.pause()
  await mishaps.pause(mishaps.pausedMs)
  replica.goOn()
}

const terminate: Mishap = async mishaps => {
  const up = upOf(mishaps)
  if (up.length === 0) return
  const replica = mishaps.random.pick(up)
  mishaps.onTerminated(await replica.terminate())
  await replica.start()
}

/** Cut: both ends are told. Frozen: nobody is, as where a router forgets a connection. */
const losingWires = (which: 'cloud' | 'database', how: 'cut' | 'freeze', ms: number): Mishap => {
  return async mishaps => {
    const wire = mishaps.random.pick(mishaps.desk.replicas)[which]
    wire?.[how]()
    await mishaps.pause(ms)
    wire?.mend()
  }
}

const failing = (fault: (random: Random) => Parameters<Emulator['addFault']>[0]): Mishap => {
  return async ({ desk, calm, random, pause }) => {
    desk.emulator.addFault(fault(random))
    await pause(random.between(200, 800))
    calm()
  }
}

const take: Fault['operation'] = 'GetDeploymentDraftLock'

/** F9: the machine's clock of one replica goes wrong, within what the cloud forgives, and comes right at its next start. */
const shiftClock: Mishap = async mishaps => {
  const { random, desk } = mishaps
  const up = upOf(mishaps)
  if (up.length === 0 || !desk.server) return // on SQLite the process's clock is the ledger's
  const replica = random.pick(up)
  const preload = [new URL('shift-clock.mjs', import.meta.url).pathname]
  replica.extra = { preload, env: { CHAOS_CLOCK_SHIFT_MS: String(random.between(-600_000, 600_000)) } }
  await killing(mishaps, one => one.kill(), [replica])
  await mishaps.pause(500)
  replica.extra = {}
}

/** By name; a name as often as it is to be drawn. Half of the kills are at a point. */
const others: Record<string, Mishap> = {
  SIGTERM: terminate,
  pause: pauseReplica,
  'cloud cut off': losingWires('cloud', 'cut', 600),
  'cloud half-open': losingWires('cloud', 'freeze', 600),
  'database cut off': losingWires('database', 'cut', 400),
  'database half-open': losingWires('database', 'freeze', 1_500),
  clock: shiftClock,
  contest: ({ contest }) => contest(),
  throttle: failing(random => ({ kind: 'throttle', times: random.between(1, 3), ms: 1000 })),
  '503': failing(random => ({ kind: 'error', status: 503, times: random.between(1, 5) })),
  html: failing(random => ({ kind: 'html', status: random.pick([200, 502]), times: random.between(1, 5) })),
  truncated: failing(random => ({ kind: 'truncated', times: random.between(1, 5) })),
  hang: failing(random => ({ kind: 'hang', times: random.between(1, 3), acts: random.chance(0.5) })),
  'lost answer': failing(random => ({ kind: 'lost-answer', operation: take, times: 3, acts: random.chance(0.7) })),
  'take answered by html': failing(() => ({ kind: 'html', operation: take, times: 2, acts: true })),
  refused: failing(random => ({
    kind: 'deny',
    operation: take,
    times: 2,
    layer: random.pick(['ram', 'namespace-role', 'gateway'] as const),
  })),
  'torn page': failing(random => ({
    kind: 'torn-page',
    times: random.between(1, 3),
    repeat: random.between(0, 3),
    skip: random.between(0, 3),
    drift: random.between(-1, 1),
  })),
  'taken away at once': failing(() => ({
    kind: 'afterwards',
    operation: take,
    times: 2,
    holder: { id: '104', name: 'Dana Kim' },
  })),
  slow: failing(random => ({ kind: 'latency', ms: random.between(100, 900), times: random.between(1, 6) })),
}

/** One thing after the other goes wrong, until there have been so many kills. @param isOver to stop earlier */
export async function keepBreaking(mishaps: Mishaps, wantedKills: number, isOver: () => boolean): Promise<void> {
  const { random, toll } = mishaps
  while (toll.kills < wantedKills && !isOver()) {
    await mishaps.pause(random.between(100, 500))
    const { name, mishap } = draw(mishaps)
    toll.last = name
    await mishap(mishaps)
    if (name in others) toll.others.set(name, (toll.others.get(name) ?? 0) + 1)
  }
}

function draw({ random, desk }: Mishaps): { name: string; mishap: Mishap } {
  const lot = random.fraction()
  if (lot < 0.3) return { name: 'kill', mishap: killAnytime }
  if (lot < 0.6) return { name: 'kill at a point', mishap: killAtPoint }
  if (lot < 0.64) return { name: 'kill all', mishap: killAll }
  if (lot < 0.69 && desk.server) return { name: 'database crash', mishap: crashDatabase }
  const [name, mishap] = random.pick(Object.entries(others))
  return { name, mishap }
}

import { readFileSync } from 'node:fs'
import { type Socket, connect } from 'node:net'
import type { Freshness } from '@lockdesk/contract'
import { demoWorkspace } from '@lockdesk/flink-emulator'
import type { Words } from './arguments.ts'
import { type Desk, openDesk } from './desk.ts'
import { follow } from './follower.ts'
import { sessions } from './people.ts'

const namespaces = ['trade-dev', 'risk-dev']
const warmUpMs = 4_000

interface Measured {
  what: string
  lists: number
  sweeps: number
  perSweep: number
}

/** What people who look cost the cloud: nothing. And what ten who do not read cost our memory: next to nothing. */
export async function measureLoad({ viewers, seconds }: Extract<Words, { kind: 'load' }>): Promise<boolean> {
  const rows = await countedLoads(viewers, seconds)
  console.table(rows)
  const [first] = rows
  const isEqual = rows.every(({ perSweep }) => perSweep === first?.perSweep)
  const isAsOften = rows.every(({ sweeps }) => Math.abs(sweeps - (first?.sweeps ?? 0)) <= 2 * namespaces.length)
  console.log(
    `list calls per completed sweep ${isEqual ? 'are equal' : 'DIFFER'}; sweeps in ${seconds} s ${isAsOften ? 'are equal within one each' : 'DIFFER'}`,
  )

  const memory = await inDesk(1, stallReaders)
  console.table(memory)
  const grown = (memory[1]?.grownMb ?? 0) - (memory[0]?.grownMb ?? 0)
  const isFlat = grown < 10 * 1.5 + 15
  console.log(
    `ten readers that take nothing cost ${grown.toFixed(1)} MB more than ten that read: ${isFlat ? 'flat' : 'NOT FLAT'}`,
  )
  return isEqual && isAsOften && isFlat
}

/** One, two and three replicas with one viewer, and one replica with many. */
export async function countedLoads(viewers: number, seconds: number): Promise<Measured[]> {
  const rows: Measured[] = []
  for (const replicas of [1, 2, 3]) {
    const what = `${replicas} replica${replicas > 1 ? 's' : ''}, 1 viewer`
    rows.push(await inDesk(replicas, desk => countLists(desk, what, 1, seconds)))
  }
  rows.push(await inDesk(1, desk => countLists(desk, `1 replica, ${viewers} viewers`, viewers, seconds)))
  return rows
}

async function inDesk<T>(replicas: number, work: (desk: Desk) => Promise<T>): Promise<T> {
  const desk = await openDesk({
    store: 'postgres',
    replicas,
    variant: {},
    drafts: 240,
    namespaces,
    env: { LOCKDESK_SWEEP_INTERVAL: '1' },
    onPoint: () => {},
    onDeath: (replica, printed) => console.error(`${replica} ended: ${printed}`),
  })
  try {
    await Promise.all(desk.replicas.map(replica => replica.start()))
    return await work(desk)
  } finally {
    await desk.close()
  }
}

/** Counts by the cloud's own counter over whole sweeps only: from the end of one to the end of another. */
async function countLists(desk: Desk, what: string, viewers: number, seconds: number): Promise<Measured> {
  const everybody = sessions()
  const [replica] = desk.replicas
  if (!replica) throw new Error('there is no replica')
  const sweeps = new Set<string>()
  const onFreshness = ({ namespace, lastSweepAt }: Freshness) => void sweeps.add(`${namespace} ${lastSweepAt}`)
  const follower = follow({
    replicas: [replica],
    sessions: everybody,
    chooseFrom: ([one]) => one as never,
    onFreshness,
  })
  const cookie = (await everybody.of(replica, 'vi')).cookie
  const open = await Promise.all(Array.from({ length: viewers - 1 }, () => openStream(replica.url, cookie, true)))
  await pause(warmUpMs)
  const before = { lists: listsOf(desk), sweeps: sweeps.size }
  await pause(seconds * 1000)
  const lists = listsOf(desk) - before.lists
  const completed = sweeps.size - before.sweeps
  follower.stop()
  for (const socket of open) socket.destroy()
  await everybody.close()
  // Each of the two namespaces may be cut once at either end of the window.
  return { what, lists, sweeps: completed, perSweep: Math.round((lists / completed) * 2) / 2 }
}

const listsOf = ({ emulator }: Desk) =>
  Object.values(emulator.calls()).reduce((sum, of) => sum + (of['ListDeploymentDrafts'] ?? 0), 0)

/** Ten streams, first of readers, then of ones that take nothing, while colleagues change everything again and again. */
async function stallReaders(desk: Desk): Promise<{ readers: string; grownMb: number; streamedMb: number }[]> {
  const everybody = sessions()
  const [replica] = desk.replicas
  if (!replica) throw new Error('there is no replica')
  const cookie = (await everybody.of(replica, 'vi')).cookie
  const rows = []
  for (const isReading of [true, true, false]) {
    const open = await Promise.all(Array.from({ length: 10 }, () => openStream(replica.url, cookie, isReading)))
    const before = residentMb(replica.pid())
    let streamed = 0
    for (const socket of open) socket.on('data', part => (streamed += part.length))
    for (let round = 0; round < 24; round++) {
      const holder = round % 2 === 0 ? { id: '101', name: 'x'.repeat(600) } : null
      for (const { id, namespace } of desk.emulator.world.drafts.values())
        desk.emulator.lockInConsole({ workspace: demoWorkspace, namespace: namespace.name, draftId: id, holder })
      await pause(1_200)
    }
    const grownMb = residentMb(replica.pid()) - before
    rows.push({
      readers: isReading ? 'ten that read' : 'ten that take nothing',
      grownMb,
      streamedMb: streamed / 2 ** 20,
    })
    for (const socket of open) socket.destroy()
  }
  await everybody.close()
  return rows.slice(1) // the first was for warming up
}

function openStream(url: string, cookie: string, isReading: boolean): Promise<Socket> {
  const { port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(`GET /api/live HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${cookie}\r\n\r\n`)
    })
    socket.once('error', reject)
    socket.once('data', () => {
      if (isReading) socket.resume()
      else socket.pause()
      resolve(socket)
    })
  })
}

const residentMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

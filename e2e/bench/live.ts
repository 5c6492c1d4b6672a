import type { Dimension, Measured } from './dimension.ts'
import { startClients } from './live/clients.ts'
import { type LiveServer, firstHeavyMark } from './live/server.ts'

const clients = Number(process.env['BENCH_CLIENTS'] ?? 10_000)
const events = 12
const farewell = 900
const stalledClients = 10
/** Much more than the system keeps for a connection by itself. */
const floodBatches = 40
const batch = 200

/** G3 and G4: an event to everybody who looks, and what everybody costs in memory. 1,250 people with eight pages each. */
export const dimension: Dimension = {
  limitIs: 'one Buffer written to bare sockets',
  peerIs: 'streamSSE of Hono, one encoding and one write for each client',
  rows: {
    'last client has the event': { unit: 'ms', mostOfLimit: 1.4, leastOfPeer: 5 },
    'CPU of the server for an event': { unit: 'ms', mostOfLimit: 1.4, leastOfPeer: 5 },
    'memory for a client': { unit: 'KB', most: 13 },
    'memory for a client that takes nothing': { unit: 'KB', most: 256 },
  },
  sides: {
    limit: async () => measure(await (await import('./live/bare-server.ts')).startBareServer()),
    peer: async () => measure(await (await import('./live/hono-server.ts')).startHonoServer()),
    ours: async () => measure(await (await import('./live/our-server.ts')).startOurServer()),
  },
}

async function measure(server: LiveServer): Promise<Measured> {
  await server.publish(0, 1)
  const before = memory()
  const everybody = await startClients(server.port, clients)
  await server.joined(clients)
  const perClient = (memory() - before) / clients / 1024

  const walls: number[] = []
  const cpus: number[] = []
  for (let event = 1; event <= events; event++) {
    const heard = everybody.heard(event)
    const began = performance.now()
    const cpu = process.cpuUsage()
    await server.publish(event, 1)
    walls.push((await heard) - began)
    const { user, system } = process.cpuUsage(cpu)
    cpus.push((user + system) / 1000)
  }
  await everybody.close()
  await server.publish(farewell, 1) // whoever notices only by writing that somebody has left notices now
  await pause(500)

  const stalled = await startClients(server.port, stalledClients, 'takes nothing')
  await server.joined(stalledClients)
  const calm = memory()
  for (let turn = 0; turn < floodBatches; turn++) {
    await server.publish(firstHeavyMark + turn * batch, batch)
    await new Promise(resolve => setImmediate(resolve))
  }
  await pause(500)
  const perStalled = (memory() - calm) / stalledClients / 1024
  await stalled.close()
  return {
    'last client has the event': middle(walls),
    'CPU of the server for an event': middle(cpus),
    'memory for a client': perClient,
    'memory for a client that takes nothing': perStalled,
  }
}

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** What is in use, not what the collector has not come to yet. */
function memory(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** The first ones are slower for everybody. */
const middle = (values: readonly number[]) =>
  values.slice(2).toSorted((one, other) => one - other)[Math.floor((values.length - 2) / 2)] ?? Number.NaN

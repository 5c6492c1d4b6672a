import { mkdtempSync, rmSync } from 'node:fs'
import { type Socket, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoWorkspace, startEmulator } from '@lockdesk/flink-emulator'
import { Api } from '../fixtures/api.ts'
import { startServer } from '../fixtures/server.ts'
import type { Dimension } from './dimension.ts'
import { seedSqlite } from './history/seed-sqlite.ts'

const entries = 200_000
const takes = 250
const exports = 10
const namespace = 'race-dev'

/** A stalled export of everything must delay no take: ours is with ten of them, the limit without. */
export const dimension: Dimension = {
  limitIs: 'takes with no export',
  peerIs: 'none',
  rows: {
    'a take, median': { unit: 'ms', mostOfLimit: 1.5 },
    'a take, p99': { unit: 'ms', mostOfLimit: 2 },
  },
  sides: {
    limit: () => measure(0),
    ours: () => measure(exports),
  },
}

async function measure(stalled: number) {
  const folder = mkdtempSync(join(tmpdir(), 'lockdesk-export-'))
  await seedSqlite(join(folder, 'lockdesk.sqlite'), entries, Date.now())
  const cloud = await startEmulator({ world: { drafts: takes, namespaceNames: [namespace], people: 0 } })
  const env = { LOCKDESK_TAKES_PER_MINUTE: '0', LOCKDESK_CALLS_PER_MINUTE: '60000', LOCKDESK_SWEEP_INTERVAL: '5' }
  const server = await startServer({ demoCloud: cloud.url, dataFolder: folder, env })
  const ada = await new Api(server.url).signIn('ada')
  while ((await ada.board()).drafts.filter(({ ref }) => ref.namespace === namespace).length < takes)
    await new Promise(resolve => setTimeout(resolve, 200))
  // Until the history is made ready, its pieces are written between the takes.
  while ((await ada.get('/api/audit/holds?limit=1')).status !== 200)
    await new Promise(resolve => setTimeout(resolve, 500))
  const open = await Promise.all(Array.from({ length: stalled }, () => stallExport(server.port, ada.cookie)))
  const times: number[] = []
  for (const draftId of cloud.emulator.world.drafts.keys()) {
    const began = performance.now()
    const { status, text } = await ada.take(
      { workspace: demoWorkspace, namespace, draftId },
      { expectedHolderId: null },
    )
    if (status !== 200) throw new Error(`a take was answered ${status}: ${text}`)
    times.push(performance.now() - began)
  }
  for (const socket of open) socket.destroy()
  ada.close()
  await server.stop()
  await cloud.close()
  rmSync(folder, { recursive: true, force: true })
  const sorted = times.toSorted((one, other) => one - other)
  return {
    'a take, median': sorted[Math.floor(takes / 2)] ?? Number.NaN,
    'a take, p99': sorted[Math.floor(takes * 0.99)] ?? Number.NaN,
  }
}

/** Asks for everything, reads the first bytes, and then nothing more. */
function stallExport(port: number, cookie: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `GET /api/audit/export?format=jsonl HTTP/1.1\r\nhost: localhost:${port}\r\ncookie: ${cookie}\r\nsec-fetch-site: same-origin\r\n\r\n`,
      )
    })
    socket.once('error', reject)
    socket.once('data', bytes => {
      socket.pause()
      if (/^HTTP\/1.1 200/.test(bytes.toString('latin1'))) resolve(socket)
      else reject(new Error(bytes.toString('latin1').split('\r\n')[0]))
    })
  })
}

import { demoKey } from '@lockdesk/flink-emulator'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { emulatedWorkspace } from '../../fixtures/emulated-workspace.ts'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { openDatabase } from '../database/open-database.ts'
import { checkLedger } from '../ledger/check-ledger.ts'
import { createLedger } from '../ledger/create-ledger.ts'
import { type SweepReport, startWatcher } from './watcher.ts'

const [, postgres] = bothStores()
const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

/** A replica of the watch: a connection, a ledger and a watcher of its own. */
async function replica(url: string, cloud: Awaited<ReturnType<typeof emulatedWorkspace>>) {
  const { database, openStore, close } = await openDatabase(url)
  const store = await openStore()
  const ledger = await createLedger({ database, store })
  const reports: SweepReport[] = []
  const watcher = startWatcher({
    workspaces: [cloud.workspace],
    ledger,
    store,
    now: store.now,
    isAnybodyLooking: () => true,
    onSweep: report => reports.push(report),
  })
  let isOpen = true
  const end = async () => {
    if (!isOpen) return
    isOpen = false
    await watcher.stop()
    await close()
  }
  endings.push(end)
  return { reports, ledger, database, store, end }
}

async function place(): Promise<{ one: OpenStore; cloud: Awaited<ReturnType<typeof emulatedWorkspace>> }> {
  if (!postgres) throw new Error('there is no second store')
  const one = await postgres.open()
  const cloud = await emulatedWorkspace({})
  endings.push(cloud.close, one.close)
  return { one, cloud }
}

const swept = (reports: readonly SweepReport[]) => new Set(reports.map(({ namespace }) => namespace)).size

describe('two replicas', () => {
  it('sweep each namespace once, and the lists are asked for no more often than by one', async () => {
    const { one, cloud } = await place()
    const a = await replica(one.url, cloud)
    const b = await replica(one.url, cloud)
    const complete = () => [...a.reports, ...b.reports].filter(({ isComplete }) => isComplete).length
    await expect.poll(complete).toBeGreaterThanOrEqual(9)
    const pages = [...a.reports, ...b.reports].reduce((sum, report) => sum + report.pages, 0)
    const asked = cloud.emulator.calls()[demoKey.accessKeyId]?.['ListDeploymentDrafts'] ?? 0
    expect(asked - pages).toBeLessThanOrEqual(3 * 4) // a sweep of each may be under way
    for (const namespace of ['trade-prod', 'risk-dev', 'growth-dev'])
      expect([a, b].filter(({ reports }) => reports.some(report => report.namespace === namespace))).toHaveLength(1)
    expect(await checkLedger(one.database)).toEqual([])
  })

  it('do each other’s work when one has gone, in order or by losing its connection', async () => {
    const { one, cloud } = await place()
    const a = await replica(one.url, cloud)
    await expect.poll(() => swept(a.reports)).toBe(3)
    const b = await replica(one.url, cloud)
    await a.end()
    await expect.poll(() => swept(b.reports)).toBe(3)

    const c = await replica(one.url, cloud)
    const before = b.reports.length
    const killer = new pg.Client({ connectionString: one.url })
    await killer.connect()
    // Whoever holds the duties of b loses them: the same right is to be had again, by either.
    await killer.query(`
      select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and pid in
        (select pid from pg_locks where locktype = 'advisory' group by pid having count(*) > 2)`)
    await killer.end()
    await expect.poll(() => b.reports.length - before + c.reports.length).toBeGreaterThanOrEqual(6)
    expect(await checkLedger(one.database)).toEqual([])
  })
})

import { expect, it } from 'vitest'
import { demoKey } from '@lockdesk/flink-emulator'
import { emulatedWorkspace } from '../../fixtures/emulated-workspace.ts'
import { createCallBudget } from '../cloud/call-budget.ts'
import { createLocalStore } from '../database/local-store.ts'
import { openDatabase } from '../database/open-database.ts'
import { createLedger } from '../ledger/create-ledger.ts'
import { startWatcher } from './watcher.ts'

const nonsense = ['Wed, 25 Nov 2026 08:00:00 GMT', '', '0', '-5', 'in a while']

it('a throttling cloud that names no usable time is asked no more than the budget allows, and is read again afterwards', async () => {
  const perMinute = 600
  const budget = createCallBudget({ perMinute, now: Date.now })
  const { emulator, workspace, close } = await emulatedWorkspace({ budget })
  const { database, close: closeDatabase } = await openDatabase('sqlite::memory:')
  const store = createLocalStore(database, Date.now)
  const ledger = await createLedger({ database, store })
  for (const value of nonsense)
    emulator.addFault({
      kind: 'answer',
      operation: 'ListDeploymentDrafts',
      times: 4,
      status: 400,
      headers: { 'content-type': 'application/json', 'retry-after': value, 'x-acs-retry-after': value },
      body: JSON.stringify({ RequestId: 'r', Code: 'FlowControl.Limited', Message: 'too many' }),
    })
  const beganAt = performance.now()
  const watcher = startWatcher({ workspaces: [workspace], ledger, store, now: Date.now, isAnybodyLooking: () => true })
  const throttled = () => emulator.listFaults().length > 0
  await expect.poll(throttled, { timeout: 25_000 }).toBe(false)
  await expect
    .poll(async () => (await ledger.namespaces()).map(({ isComplete }) => isComplete), { timeout: 25_000 })
    .toEqual([true, true, true])

  const minutes = (performance.now() - beganAt) / 60_000
  const sent = Object.values(emulator.calls()[demoKey.accessKeyId] ?? {}).reduce((sum, count) => sum + count, 0)
  expect(sent).toBeGreaterThan(20)
  expect(sent).toBeLessThanOrEqual(6 + perMinute * minutes)
  expect(budget.state().perMinute).toBeLessThan(perMinute)
  await watcher.stop()
  await closeDatabase()
  await close()
}, 60_000)

import { demoKey, demoWorkspace } from '@lockdesk/flink-emulator'
import { afterEach, expect, it } from 'vitest'
import { emulatedWorkspace } from '../../fixtures/emulated-workspace.ts'
import { ledgerInMemory } from '../ledger/ledger-fixture.ts'
import type { Reading } from '../ledger/ledger.ts'
import { createLookUp } from './look-up.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

it('carries the head and the time of before the request: what was written since is newer', async () => {
  const cloud = await emulatedWorkspace({ world: { drafts: 0, namespaceNames: ['trade'], people: 1, seed: 7 } })
  const { ledger, close } = await ledgerInMemory()
  endings.push(cloud.close, close)
  const place = { workspace: demoWorkspace, namespace: 'trade' }
  const { draftId } = cloud.emulator.createDraft({ ...place, name: 'orders' })
  // Both count what the cloud was asked so far.
  const asked = () => cloud.emulator.calls()[demoKey.accessKeyId]?.['GetDeploymentDraft'] ?? 0
  const readings: Reading[] = []
  const observing: Pick<typeof ledger, 'head' | 'observeReading'> = {
    head: async () => asked(),
    observeReading(ref, reading) {
      readings.push(reading)
      return ledger.observeReading(ref, reading)
    },
  }
  await createLookUp({ ledger: observing, now: asked }).find(cloud.workspace, { ...place, draftId })
  expect(readings).toMatchObject([{ head: 0, sentAt: 0, arrivedAt: 1 }])
})

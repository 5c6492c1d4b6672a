import { demoKey, demoWorkspace } from '@lockdesk/flink-emulator'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { emulatedWorkspace } from '../../fixtures/emulated-workspace.ts'
import { readNow } from './read-now.ts'

let cloud: Awaited<ReturnType<typeof emulatedWorkspace>>
beforeEach(async () => {
  cloud = await emulatedWorkspace({ world: { drafts: 0, namespaceNames: ['trade'], people: 1, seed: 7 } })
})
afterEach(() => cloud.close())

it('carries the head and the time of before the request: what was written since is newer', async () => {
  const ref = { workspace: demoWorkspace, namespace: 'trade' }
  const { draftId } = cloud.emulator.createDraft({ ...ref, name: 'orders' })
  // Both count what the cloud was asked so far.
  const asked = () => cloud.emulator.calls()[demoKey.accessKeyId]?.['GetDeploymentDraft'] ?? 0
  const rooms = { ledger: { head: async () => asked() }, now: asked }
  expect(await readNow(rooms, cloud.workspace, { ...ref, draftId })).toMatchObject({ head: 0, sentAt: 0, arrivedAt: 1 })
})

import type { Verification } from '@lockdesk/contract'
import { startEmulator } from '@lockdesk/flink-emulator'
import { Api } from '../fixtures/api.ts'
import { newDraft } from '../fixtures/drafts.ts'
import { newDataFolder, startServer } from '../fixtures/server.ts'
import { demoEnvironment, expect, test } from '../fixtures/world.ts'

const free = { expectedHolderId: null, expectedClaim: null }

/** A Lockdesk that is killed right after its getLock arrived at the cloud, and started again on the same file. */
async function killedInTheMiddle(acts: boolean) {
  const { url: demoCloud, emulator, close } = await startEmulator()
  const dataFolder = await newDataFolder()
  const start = () => startServer({ demoCloud, dataFolder, env: demoEnvironment })
  const draft = await newDraft(emulator, { name: 'killed-take' })
  const ref = { workspace: draft.workspace, namespace: draft.namespace, draftId: draft.draftId }

  const first = await start()
  const before = await new Api(first.url).signIn('bo')
  await expect.poll(async () => (await before.board()).drafts.some(({ name }) => name === draft.name)).toBe(true)
  emulator.addFault({ kind: 'hang', operation: 'GetDeploymentDraftLock', acts })
  const cut = before.take(ref, free).catch(() => 'cut')
  await expect.poll(() => sum(emulator.calls())).toBe(1)
  await first.kill()
  expect(await cut).toBe('cut')
  emulator.clearFaults()

  const second = await start()
  return {
    emulator,
    ref,
    second,
    async end() {
      before.close()
      await second.stop()
      await close()
    },
  }
}

const sum = (calls: Record<string, Record<string, number>>) =>
  Object.values(calls).reduce((all, of) => all + (of['GetDeploymentDraftLock'] ?? 0), 0)

test('a take that the cloud had carried out is settled as taken, by its actor, after a kill', async () => {
  const { emulator, ref, second, end } = await killedInTheMiddle(true)
  const ada = await new Api(second.url).signIn('ada')
  await expect.poll(async () => (await ada.draft('killed-take')).lock?.claim?.by.name).toBe('Bo Chen')
  const [settled, intent] = await ada.events(`&draft=${ref.draftId}`)
  expect(intent).toMatchObject({ kind: 'intent', actor: { name: 'Bo Chen' } })
  expect(settled).toMatchObject({
    kind: 'held',
    how: 'lockdesk',
    known: 'exact',
    outcome: 'taken',
    intentId: intent?.id,
    actor: { name: 'Bo Chen' },
  })
  expect(sum(emulator.calls())).toBe(1)
  ada.close()
  await end()
})

test('a take that the cloud had not carried out stays pending, and is settled as not taken, after a kill', async () => {
  const { emulator, ref, second, end } = await killedInTheMiddle(false)
  const ada = await new Api(second.url).signIn('ada')
  const colleague = await ada.take(ref, free)
  expect([colleague.status, colleague.body.code]).toEqual([409, 'take-pending'])
  expect(sum(emulator.calls())).toBe(1)
  expect((await ada.draft('killed-take')).lock).toBeNull()

  await expect
    .poll(async () => (await ada.events(`&draft=${ref.draftId}`))[0], { timeout: 30_000 })
    .toMatchObject({ kind: 'attempt', outcome: 'not-taken', actor: { name: 'Bo Chen' } })
  expect((await ada.draft('killed-take')).lock).toBeNull()
  expect((await ada.take(ref, free)).body.outcome).toBe('taken')
  expect((await ada.get<Verification>('/api/audit/verify')).body.ok).toBe(true)
  ada.close()
  await end()
})

import type { DraftPage } from '@lockdesk/contract'
import { newDraft } from '../fixtures/drafts.ts'
import { expect, test } from '../fixtures/world.ts'

test('a sweep that is held up in the middle of a page does not undo a take that happens meanwhile', async ({
  world,
  api,
}) => {
  const bo = await api('bo')
  const draft = await newDraft(world.emulator, { name: 'held-up' })
  const { workspace, namespace, draftId } = draft
  await expect.poll(async () => (await bo.board()).drafts.some(({ name }) => name === draft.name)).toBe(true)

  // The page is read by the cloud at once and answered late: what it shows is of the time before the take.
  const fault = {
    kind: 'latency' as const,
    operation: 'ListDeploymentDrafts' as const,
    namespace,
    ms: 1_500,
    late: 'answer' as const,
  }
  const lists = () =>
    Object.values(world.emulator.calls()).reduce((all, of) => all + (of['ListDeploymentDrafts'] ?? 0), 0)
  world.emulator.addFault(fault)
  const asked = lists()
  await expect.poll(lists, { intervals: [5] }).toBeGreaterThan(asked)
  const taken = await bo.take({ workspace, namespace, draftId }, { expectedHolderId: null })
  expect(taken.body.outcome).toBe('taken')

  const sweptAt = async () =>
    (await bo.board()).namespaces.find(found => found.namespace === namespace)?.lastSweepAt ?? ''
  const before = await sweptAt()
  await expect.poll(sweptAt).not.toBe(before)
  expect((await bo.draft('held-up')).lock?.claim?.by.name).toBe('Bo Chen')
  world.emulator.clearFaults()
  const then = await sweptAt()
  await expect.poll(sweptAt).not.toBe(then)
  expect((await bo.draft('held-up')).lock?.claim?.by.name).toBe('Bo Chen')
  const page = (await bo.get<DraftPage>(`/api/drafts/${workspace}/${namespace}/${draftId}`)).body
  expect(page.events.map(({ kind }) => kind)).toEqual(['held', 'intent'])
})

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

  // The newest draft is on the last page.
  const pageIndex = Math.ceil(world.emulator.truth().filter(one => one.namespace === namespace).length / 100)
  // The page is read by the cloud at once and answered late: what it shows is of the time before the take.
  const fault = {
    kind: 'latency' as const,
    operation: 'ListDeploymentDrafts' as const,
    namespace,
    pageIndex,
    ms: 1_500,
    late: 'answer' as const,
    times: 1_000,
  }
  world.emulator.addFault(fault)
  // This very page: those before it, and those of other namespaces, are not held up.
  await expect.poll(() => world.emulator.listFaults()[0]?.left, { intervals: [5] }).toBeLessThan(fault.times)
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

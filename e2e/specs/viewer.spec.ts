import { find, newDraft } from '../fixtures/drafts.ts'
import { expect, test } from '../fixtures/world.ts'

test('a viewer sees who holds what, finds no button that takes, and the API refuses too', async ({
  world,
  open,
  api,
}) => {
  const free = await newDraft(world.emulator, { name: 'seen-free' })
  await newDraft(world.emulator, { name: 'seen-held', holder: { id: '71', name: 'Lin Wei' } })
  const page = await open('vi')
  const held = await find(page, 'seen-held')
  await expect(held).toContainText('Lin Wei')
  await expect(held.getByRole('button', { name: /take/i })).toHaveCount(0)
  await expect((await find(page, 'seen-free')).getByRole('button', { name: /take/i })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Audit', exact: true })).toHaveCount(0)

  const vi = await api('vi')
  const { workspace, namespace, draftId } = free
  const refused = await vi.take({ workspace, namespace, draftId }, { expectedHolderId: null })
  expect(refused.status).toBe(403)
  expect(refused.headers['content-type']).toContain('application/problem+json')
  expect(refused.body).toMatchObject({ code: 'no-right', right: 'take' })
  expect((await vi.get('/api/audit/events')).status).toBe(403)
  const ada = await api('ada')
  expect((await ada.events(`&draft=${draftId}`))[0]).toMatchObject({ kind: 'denied', actor: { name: 'Vi Tran' } })
})

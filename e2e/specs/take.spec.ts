import { find, hardNamespace, newDraft } from '../fixtures/drafts.ts'
import { expect, test } from '../fixtures/world.ts'

const lin = { id: '71', name: 'Lin Wei' }
const mei = { id: '72', name: 'Zhang Mei' }

test('an editor takes a free lock with one click', async ({ world, open }) => {
  const draft = await newDraft(world.emulator, { name: 'one-click' })
  const page = await open('bo')
  const row = await find(page, 'one-click')
  const button = row.getByRole('button', { name: 'Take', exact: true })
  await expect(button).toHaveAccessibleDescription(/svc-lockdesk/)
  await button.click()
  await expect(row.getByRole('link', { name: 'Open' }).or(row.getByRole('button', { name: 'Open' }))).toBeVisible()
  await expect(row).toContainText('Bo Chen')
  await expect(page.getByText('You hold one-click')).toBeVisible()
  expect(world.emulator.truth().find(({ draftId }) => draftId === draft.draftId)?.holder?.name).toBe('svc-lockdesk')
})

test('an editor takes over after the dialog named the holder and what may be lost', async ({ world, open, api }) => {
  const draft = await newDraft(world.emulator, { name: 'take-over', holder: lin })
  const page = await open('bo')
  const row = await find(page, 'take-over')
  await row.getByRole('button', { name: 'Take over…' }).click()
  const dialog = page.getByRole('dialog', { name: /take-over/ })
  await expect(dialog).toContainText('Lin Wei')
  await expect(dialog).toContainText('svc-lockdesk')
  await expect(dialog).toContainText('may be lost')
  await dialog.getByRole('textbox').fill('settlement amounts are wrong')
  await dialog.getByRole('button', { name: /take over|take it/i }).click()
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('Bo Chen')
  const ada = await api('ada')
  expect((await ada.events(`&draft=${draft.draftId}`))[0]).toMatchObject({
    kind: 'changed',
    outcome: 'taken',
    from: { name: 'Lin Wei' },
    actor: { name: 'Bo Chen' },
    reason: 'settlement amounts are wrong',
  })
})

test('the dialog arms itself anew when the holder changed meanwhile', async ({ world, open }) => {
  const draft = await newDraft(world.emulator, { name: 're-arm', holder: lin })
  const page = await open('bo')
  const row = await find(page, 're-arm')
  await row.getByRole('button', { name: 'Take over…' }).click()
  const dialog = page.getByRole('dialog', { name: /re-arm/ })
  await expect(dialog).toContainText('Lin Wei')
  // Between the last sweep and the click: the page cannot know yet.
  world.emulator.addFault({ kind: 'hang', operation: 'ListDeploymentDrafts' })
  world.emulator.lockInConsole({ ...draft, holder: mei })
  const answered = page.waitForResponse(answer => answer.url().endsWith('/lock'))
  await dialog.getByRole('button', { name: /take over|take it/i }).click()
  expect((await answered).status()).toBe(409)
  await expect(dialog).toContainText('Zhang Mei')
  world.emulator.clearFaults()
  await dialog.getByRole('button', { name: /take over|take it/i }).click()
  await expect(row).toContainText('Bo Chen')
})

test('a draft that somebody took a moment ago is not taken by a click on Take', async ({ world, open }) => {
  const draft = await newDraft(world.emulator, { name: 'just-gone' })
  const page = await open('bo')
  const row = await find(page, 'just-gone')
  const button = row.getByRole('button', { name: 'Take', exact: true })
  await expect(button).toBeVisible()
  world.emulator.addFault({ kind: 'hang', operation: 'ListDeploymentDrafts' })
  world.emulator.lockInConsole({ ...draft, holder: mei })
  await button.click()
  await expect(page.getByText(/Zhang Mei/).first()).toBeVisible()
  expect(world.emulator.truth().find(({ draftId }) => draftId === draft.draftId)?.holder?.name).toBe('Zhang Mei')
})

for (const [takeover, words] of [
  ['refuse', /Lin Wei/],
  ['report-holder', /Lin Wei/],
] as const)
  test(`where the cloud does not seize (${takeover}), the page says who still holds it`, async ({ world, open }) => {
    const name = `cloud-${takeover}`
    const draft = await newDraft(world.emulator, { name, holder: lin })
    world.emulator.setSwitches({ takeover })
    const page = await open('bo')
    const row = await find(page, name)
    await row.getByRole('button', { name: 'Take over…' }).click()
    const dialog = page.getByRole('dialog', { name: new RegExp(name) })
    const answered = page.waitForResponse(answer => answer.url().endsWith('/lock'))
    await dialog.getByRole('button', { name: /take over|take it/i }).click()
    const answer = await answered
    expect([answer.status(), (await answer.json()).code]).toEqual([409, 'held-by-other'])
    await expect(
      page.getByRole('alert').or(page.getByRole('status')).or(dialog).filter({ hasText: words }).first(),
    ).toBeVisible()
    expect(world.emulator.truth().find(({ draftId }) => draftId === draft.draftId)?.holder?.name).toBe('Lin Wei')
  })

test('where the policy is hard, an editor finds no take-over and an admin does', async ({ world, open, api }) => {
  const draft = await newDraft(world.emulator, {
    name: 'hard-held',
    namespace: hardNamespace(world.emulator),
    holder: lin,
  })
  const bo = await open('bo')
  const row = await find(bo, 'hard-held')
  await expect(row.getByRole('button', { name: /take/i })).toHaveCount(0)
  const { workspace, namespace, draftId } = draft
  const refused = await (await api('bo')).take({ workspace, namespace, draftId }, { expectedHolderId: lin.id })
  expect([refused.status, refused.body.code]).toEqual([403, 'policy-hard'])
  const ada = await open('ada')
  await expect((await find(ada, 'hard-held')).getByRole('button', { name: 'Take over…' })).toBeVisible()
})

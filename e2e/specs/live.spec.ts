import { find, newDraft, rowOf } from '../fixtures/drafts.ts'
import { expect, sweepSeconds, test } from '../fixtures/world.ts'

test("a colleague's lock in the console appears on an open board without a reload", async ({ world, open }) => {
  const draft = await newDraft(world.emulator, { name: 'colleague' })
  const page = await open('vi')
  const row = await find(page, 'colleague')
  await expect(row).toContainText('Free')
  let loads = 0
  page.on('load', () => loads++)
  world.emulator.lockInConsole({ ...draft, holder: { id: '73', name: '王磊' } })
  await expect(row).toContainText('王磊', { timeout: sweepSeconds * 1000 + 3_000 })
  world.emulator.lockInConsole({ ...draft, holder: null })
  await expect(row).toContainText('Free', { timeout: sweepSeconds * 1000 + 3_000 })
  expect(loads).toBe(0)
})

test('when the cloud is down, rows stay, the chip says stale, a take is refused in words, and it recovers by itself', async ({
  world,
  open,
}) => {
  test.setTimeout(120_000)
  await newDraft(world.emulator, { name: 'stays-here' })
  const page = await open('bo')
  const row = await find(page, 'stays-here')
  const chip = page.getByRole('status').filter({ hasText: /Live|Stale/ })
  await expect(chip).toContainText('Live')
  await expect(chip).toHaveAttribute('aria-live', 'off')
  world.emulator.addFault({ kind: 'error', status: 503, code: 'ServiceUnavailable' })
  await expect(chip).toContainText('Stale', { timeout: 30_000 })
  await expect(row).toBeVisible()
  const answered = page.waitForResponse(answer => answer.url().endsWith('/lock'))
  await row.getByRole('button', { name: 'Take', exact: true }).click()
  expect((await answered).status()).toBe(503)
  await expect(page.getByRole('alert').filter({ hasText: /cloud/i })).toBeVisible()
  world.emulator.clearFaults()
  await expect(chip).toContainText('Live', { timeout: 75_000 })
  await expect(rowOf(page, 'stays-here')).toContainText('Free')
})

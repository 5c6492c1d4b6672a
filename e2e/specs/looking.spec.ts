import type { Page } from '@playwright/test'
import { demoKey } from '@lockdesk/flink-emulator'
import { expect, test } from '../fixtures/world.ts'

const watchedMs = 60_000

/** What people do who only look: reload, filter, hover, open and close panels. */
async function lookAround(page: Page, until: number): Promise<number> {
  let looks = 0
  for (; Date.now() < until; looks++) {
    await page.reload()
    await page.getByRole('row').nth(3).waitFor()
    const box = page.getByRole('searchbox')
    await box.fill(['dwd', '订单', 'o', ''][looks % 4] ?? '')
    await expect(page.getByRole('row').nth(1)).toBeVisible()
    const rows = page.getByRole('row')
    for (let line = 1; line <= 3; line++) await rows.nth(line).hover()
    for (const name of ['Take', 'Take over…', 'Open']) {
      const button = page.getByRole('button', { name, exact: true }).first()
      if (await button.isVisible()) await button.hover()
    }
    await rows.nth(2).click({ position: { x: 200, y: 12 } })
    await page.getByRole('complementary').waitFor()
    await page.keyboard.press('Escape')
    await page.goto('/audit')
    await page.goBack()
  }
  return looks
}

test('looking never takes: a minute of three browsers sends no getLock', async ({ world, open }) => {
  test.setTimeout(watchedMs + 60_000)
  const pages = [await open('ada'), await open('bo'), await open('vi', '/?state=held')]
  const before = world.emulator.calls()[demoKey.accessKeyId]
  const until = Date.now() + watchedMs
  const looks = await Promise.all(pages.map(page => lookAround(page, until)))
  for (const count of looks) expect(count).toBeGreaterThan(3)
  const after = world.emulator.calls()[demoKey.accessKeyId]
  expect(after?.['ListDeploymentDrafts']).toBeGreaterThan(before?.['ListDeploymentDrafts'] ?? 0)
  expect(after?.['GetDeploymentDraftLock'] ?? 0).toBe(before?.['GetDeploymentDraftLock'] ?? 0)
})

import AxeBuilder from '@axe-core/playwright'
import { find, newDraft } from '../fixtures/drafts.ts'
import { expect, test } from '../fixtures/world.ts'

for (const theme of ['light', 'dark'] as const)
  test(`board, panel, dialog and audit have no accessibility faults (${theme})`, async ({ world, open }) => {
    await newDraft(world.emulator, { name: `axe-${theme}`, holder: { id: '71', name: 'Lin Wei' } })
    const page = await open('ada')
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    const check = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
      ).toEqual([])
    }
    const row = await find(page, `axe-${theme}`)
    await check('board')
    await row.click({ position: { x: 200, y: 12 } })
    await page.getByRole('complementary').waitFor()
    await check('panel')
    await row.getByRole('button', { name: 'Take over…' }).click()
    await page.getByRole('dialog').waitFor()
    await check('dialog')
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Audit', exact: true }).click()
    await page.getByRole('row').nth(2).waitFor()
    await check('audit')
  })

test('Chinese is Chinese from the first word', async ({ open }) => {
  const page = await open('ada', '/?lang=zh')
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/)
  await expect(page.getByRole('link', { name: '草稿' })).toBeVisible()
  await expect(page.getByRole('link', { name: '审计' })).toBeVisible()
  await expect(page.getByRole('button', { name: '获取', exact: true }).first()).toBeVisible()
})

test('a phone shows the same lines, each with its one action', async ({ world, open }) => {
  await newDraft(world.emulator, { name: 'on-a-phone' })
  const page = await open('bo')
  await page.setViewportSize({ width: 360, height: 740 })
  const row = await find(page, 'on-a-phone')
  await expect(row.getByRole('button', { name: 'Take', exact: true })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
})

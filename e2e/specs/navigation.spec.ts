import { find, newDraft, rowOf } from '../fixtures/drafts.ts'
import { expect, test } from '../fixtures/world.ts'

test('a panel is a step in the history, and its address opens it elsewhere', async ({ world, open }) => {
  await newDraft(world.emulator, { name: 'has-a-panel', holder: { id: '71', name: 'Lin Wei' } })
  const page = await open('bo')
  const row = await find(page, 'has-a-panel')
  await row.click({ position: { x: 200, y: 12 } })
  const panel = page.getByRole('complementary')
  await expect(panel).toContainText('Lin Wei')
  const address = page.url()
  await page.goBack()
  await expect(panel).toHaveCount(0)
  await expect(rowOf(page, 'has-a-panel')).toBeVisible()
  await page.goForward()
  await expect(panel).toContainText('has-a-panel')

  const elsewhere = await open('vi', address.slice(world.url.length))
  await expect(elsewhere.getByRole('complementary')).toContainText('has-a-panel')
  await expect(elsewhere.getByRole('searchbox')).toHaveValue('has-a-panel')
})

test('Escape closes the panel and gives the keyboard back to its row', async ({ world, open }) => {
  await newDraft(world.emulator, { name: 'back-to-row' })
  const page = await open('bo')
  const row = await find(page, 'back-to-row')
  await page.getByRole('searchbox').press('Enter')
  await expect(page.getByRole('complementary')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary')).toHaveCount(0)
  expect(await row.evaluate(line => line.contains(document.activeElement))).toBe(true)
})

test('the keyboard stays in its row when other rows, and then this one, change', async ({ world, open }) => {
  const mine = await newDraft(world.emulator, { name: 'focus-a' })
  const other = await newDraft(world.emulator, { name: 'focus-b' })
  const page = await open('bo')
  await page.getByRole('searchbox').fill('focus-')
  const row = rowOf(page, 'focus-a')
  await row.getByRole('button', { name: 'Take', exact: true }).focus()
  const holder = { id: '71', name: 'Lin Wei' }
  world.emulator.lockInConsole({ ...other, holder })
  await expect(rowOf(page, 'focus-b')).toContainText('Lin Wei')
  expect(await row.evaluate(line => line.contains(document.activeElement))).toBe(true)
  world.emulator.lockInConsole({ ...mine, holder })
  await expect(row).toContainText('Lin Wei')
  expect(await row.evaluate(line => line.contains(document.activeElement))).toBe(true)
})

test('names that look like markup are text', async ({ world, open }) => {
  const name = '<img src=x onerror=alert(1)>'
  await newDraft(world.emulator, { name, holder: { id: '76', name: '<b>Mallory</b>' } })
  const page = await open('ada')
  let dialogs = 0
  page.on('dialog', dialog => void (dialogs++, dialog.dismiss()))
  await page.getByRole('searchbox').fill('<img')
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('<b>Mallory</b>')
  await page.getByRole('searchbox').press('Enter')
  await expect(page.getByRole('complementary')).toContainText(name)
  expect(dialogs).toBe(0)
})

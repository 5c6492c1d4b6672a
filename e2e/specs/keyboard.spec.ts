import { newDraft, rowOf } from '../fixtures/drafts.ts'
import { expect, test } from '../fixtures/world.ts'

test('slash, three letters, Enter and t take a free lock', async ({ world, open }) => {
  await newDraft(world.emulator, { name: 'qqz_by_keys' })
  const page = await open('bo')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('qqz')
  await expect(rowOf(page, 'qqz_by_keys')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('searchbox')).not.toBeFocused()
  await page.keyboard.press('t')
  await expect(rowOf(page, 'qqz_by_keys')).toContainText('Bo Chen')
})

test('words that are being composed are never keys', async ({ world, open }) => {
  await newDraft(world.emulator, { name: '支付对账_组字' })
  const page = await open('bo')
  const box = page.getByRole('searchbox')
  await box.click()
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'zhifu', selectionStart: 5, selectionEnd: 5 })
  let takes = 0
  page.on('request', request => void (request.url().endsWith('/lock') && takes++))
  // While composing, the browser marks every key as belonging to the input method.
  for (const key of ['Enter', 't', 'x'])
    await box.dispatchEvent('keydown', { key, isComposing: true, keyCode: 229, bubbles: true, cancelable: true })
  await expect(page.getByRole('complementary')).toHaveCount(0)
  await expect(box).toBeFocused()
  await session.send('Input.insertText', { text: '支付对账_组字' })
  await expect(rowOf(page, '支付对账_组字')).toBeVisible()
  expect(takes).toBe(0)
})

test('single letters leave Ctrl, Cmd and Alt to the browser', async ({ world, open }) => {
  await newDraft(world.emulator, { name: 'modified-keys' })
  const page = await open('bo')
  const row = rowOf(page, 'modified-keys')
  await page.getByRole('searchbox').fill('modified-keys')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('searchbox').press('Enter')
  await expect(row).toHaveAttribute('aria-current', 'true')
  let takes = 0
  page.on('request', request => void (request.url().endsWith('/lock') && takes++))
  for (const chord of ['Control+t', 'Meta+t', 'Alt+t']) await page.keyboard.press(chord)
  await expect(row).toContainText('Free')
  expect(takes).toBe(0)
  // The letter alone would have taken it.
  await page.keyboard.press('t')
  await expect(row).toContainText('Bo Chen')
  expect(takes).toBe(1)
})

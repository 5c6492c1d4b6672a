import { expect, test } from '../fixtures/world.ts'

test('three people are offered by name, and one is back at the URL one asked for', async ({ browser, world }) => {
  const context = await browser.newContext({ baseURL: world.url })
  const page = await context.newPage()
  await page.goto('/?state=held&q=dwd')
  for (const name of ['Ada Okoye', 'Bo Chen', 'Vi Tran']) await expect(page.getByRole('button', { name })).toBeVisible()
  await expect(page.getByText(/emulated/i).first()).toBeVisible()
  await page.getByRole('button', { name: 'Bo Chen' }).click()
  await expect(page.getByRole('searchbox')).toHaveValue('dwd')
  expect(new URL(page.url()).search).toContain('state=held')
  await context.close()
})

for (const path of [
  '//evil.example/x',
  '/sign-in?returnTo=/%5Cevil.example',
  '/sign-in?returnTo=//evil.example',
  '/?returnTo=https://evil.example',
])
  test(`signing in at ${path} stays on this origin`, async ({ browser, world }) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(world.url + path)
    await page.getByRole('button', { name: 'Bo Chen' }).click()
    await expect(page.getByRole('button', { name: 'Bo Chen' }).filter({ hasText: 'editor' })).toHaveCount(0)
    await expect(page.getByRole('link', { name: 'Drafts', exact: true })).toBeVisible()
    expect(new URL(page.url()).origin).toBe(new URL(world.url).origin)
    await context.close()
  })

test('an ended session asks to sign in again', async ({ open }) => {
  const page = await open('bo')
  await expect(page.getByRole('searchbox')).toBeVisible()
  await page.context().clearCookies()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Bo Chen' })).toBeVisible()
})

import type { Page } from '@playwright/test'
import { find, newDraft, rowOf } from '../fixtures/drafts.ts'
import { expect, test } from '../fixtures/world.ts'

const tabs = 7

test('the seventh tab of one browser loads and acts, and the first still hears of changes', async ({ world, open }) => {
  const draft = await newDraft(world.emulator, { name: 'seven-tabs' })
  const first = await open('bo')
  await find(first, 'seven-tabs')
  const context = first.context()
  let streams = 0
  context.on('request', request => void (request.url().includes('/api/live') && streams++))
  const pages: Page[] = [first]
  while (pages.length < tabs) {
    const page = await context.newPage()
    await page.goto('/')
    await find(page, 'seven-tabs')
    pages.push(page)
  }
  const last = pages.at(-1) as Page
  await rowOf(last, 'seven-tabs').getByRole('button', { name: 'Take', exact: true }).click()
  for (const page of pages) await expect(rowOf(page, 'seven-tabs')).toContainText('Bo Chen')
  world.emulator.lockInConsole({ ...draft, holder: { id: '74', name: '李娜' } })
  for (const page of pages) await expect(rowOf(page, 'seven-tabs')).toContainText('李娜')
  // HTTP/1.1 has six connections for all tabs together: they share one stream.
  expect(streams).toBeLessThan(tabs - 1)
})

test('when the tab that holds the stream is closed, another one goes on with it', async ({ world, open }) => {
  const draft = await newDraft(world.emulator, { name: 'next-tab' })
  const first = await open('vi')
  await find(first, 'next-tab')
  const second = await first.context().newPage()
  await second.goto('/')
  await find(second, 'next-tab')
  await first.close()
  world.emulator.lockInConsole({ ...draft, holder: { id: '75', name: '陈洁' } })
  await expect(rowOf(second, 'next-tab')).toContainText('陈洁')
})

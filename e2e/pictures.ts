// Takes the documents' pictures anew: the real pages of a built Lockdesk, in both themes and both languages.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type Page, chromium } from '@playwright/test'
import { type Emulator, startEmulator } from '@lockdesk/flink-emulator'
import { findBrowser } from './browser/find-browser.ts'
import { Api } from './fixtures/api.ts'
import demandBuild from './fixtures/built.ts'
import { startServer } from './fixtures/server.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'pictures')
const size = { width: 1440, height: 900 }
const themes = ['light', 'dark'] as const
const languages = ['en', 'zh'] as const

/** The draft that the panel and the dialog show. */
const subject = 'dwd_payment_channel_settle'
const lin = { id: '260011837452910031', name: 'Lin Wei' }
const mei = { id: '260011837452910032', name: '张梅' }

const scenes: Record<string, (page: Page) => Promise<void>> = {
  board: async page => {
    await page.getByRole('row').nth(5).waitFor()
  },
  panel: async page => {
    await find(page, subject)
    await page.getByRole('row', { name: new RegExp(`^${subject}`) }).click({ position: { x: 200, y: 12 } })
    await page.getByRole('complementary').waitFor()
    await page.getByRole('searchbox').fill('dw')
  },
  dialog: async page => {
    await page.getByRole('searchbox').fill('dwd_pa')
    const row = page.getByRole('row', { name: new RegExp(`^${subject}`) })
    await row.getByRole('button', { name: /^(Take over…|接管…)$/ }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('settlement amounts are wrong since 15:50')
  },
  audit: async page => {
    await page.getByRole('link', { name: /^(Audit|审计)$/ }).click()
    await page.getByRole('row').nth(5).waitFor()
  },
}

async function find(page: Page, name: string) {
  await page.getByRole('searchbox').fill(name)
  const row = page.getByRole('row', { name: new RegExp(`^${name}`) })
  await row.waitFor()
  return row
}

demandBuild()
await mkdir(folder, { recursive: true })
const { url: demoCloud, emulator, close } = await startEmulator({ colleagues: true })
const server = await startServer({ demoCloud })
const found = await findBrowser()
const env = Object.entries(found.env ?? process.env).filter((pair): pair is [string, string] => pair[1] !== undefined)
const browser = await chromium.launch({ ...found, env: Object.fromEntries(env) })
try {
  await liveThrough(emulator, server.url)
  for (const [scene, arrange] of Object.entries(scenes))
    for (const theme of themes)
      for (const language of languages) {
        const context = await visitor(browser, server.url, scene === 'audit' ? 'ada' : 'bo', theme, language)
        const page = await context.newPage()
        await page.goto(`/?lang=${language}`)
        await arrange(page)
        await page.mouse.move(0, size.height - 1)
        const name = `${scene}-${theme}-${language}.png`
        await page.screenshot({ path: join(folder, name), animations: 'disabled' })
        console.log(`docs/pictures/${name}`)
        await context.close()
      }
} finally {
  await browser.close()
  await server.stop()
  await close()
}

async function visitor(
  from: Browser,
  origin: string,
  person: 'ada' | 'bo',
  colorScheme: 'light' | 'dark',
  language: 'en' | 'zh',
): Promise<BrowserContext> {
  const context = await from.newContext({
    baseURL: origin,
    viewport: size,
    colorScheme,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  await context.request.post('/api/demo/sign-in', { data: { person }, headers: { 'sec-fetch-site': 'same-origin' } })
  return context
}

/** A little history, so that the pictures show what the pages are for: a panel with holds, takes by two people, a denial, a gap. */
async function liveThrough(cloud: Emulator, origin: string): Promise<void> {
  const [first] = cloud.truth()
  if (!first) throw new Error('the world is empty')
  const namespace = cloud.truth().find(draft => !draft.namespace.endsWith('-prod'))?.namespace ?? first.namespace
  const address = { workspace: first.workspace, namespace }
  const { draftId } = cloud.createDraft({ ...address, name: subject, folder: 'payment' })
  const ref = { ...address, draftId }
  const [ada, bo, vi] = await Promise.all((['ada', 'bo', 'vi'] as const).map(person => new Api(origin).signIn(person)))
  const shows = async (holder: string | null) => {
    for (;;) {
      const draft = (await bo?.board())?.drafts.find(({ name }) => name === subject)
      if (draft && (draft.lock?.holder.id ?? null) === holder) return
      await new Promise(resolve => setTimeout(resolve, 200))
    }
  }
  const hold = async (holder: typeof lin | null) => {
    cloud.lockInConsole({ ...ref, holder })
    await shows(holder?.id ?? null)
  }
  await shows(null)
  await hold(mei)
  await hold(null)
  await bo?.take(ref, { expectedHolderId: null, reason: 'late-arrival fix before the release' })
  await vi?.take(ref, { expectedHolderId: null })
  await hold(mei)
  await ada?.take(ref, { expectedHolderId: mei.id, reason: '对账口径调整' })
  await hold(lin)
  const others = (await bo?.board())?.drafts.filter(draft => draft.may.take).slice(0, 40) ?? []
  for (const [at, reason] of ['backfill, DATA-4711', '压测限流参数调整', undefined].entries()) {
    const draft = others[at * 9]
    if (draft) await bo?.take(draft.ref, { expectedHolderId: null, ...(reason && { reason }) })
  }
  for (const api of [ada, bo, vi]) api?.close()
}

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { afterEach, describe, expect, test } from 'vitest'
import { findBrowser, unpackedBrowser } from './find-browser.ts'
import { unpackChromium } from './unpack-chromium.ts'

let browser: Browser | undefined
afterEach(async () => {
  await browser?.close()
  browser = undefined
})

/** Each character as the browser draws it; those that no font has all look the same: an empty box. */
async function draw(characters: string[]): Promise<string[]> {
  const page = await browser!.newPage()
  return page.evaluate(
    all =>
      all.map(character => {
        const canvas = document.createElement('canvas')
        canvas.width = canvas.height = 64
        const pen = canvas.getContext('2d')!
        pen.font = '48px sans-serif'
        pen.fillText(character, 4, 52)
        return canvas.toDataURL()
      }),
    characters,
  )
}

async function expectChinese(): Promise<void> {
  const pictures = await draw(['中', '文', '锁', '\u{10FFFD}', ' '])
  expect(new Set(pictures).size).toBe(pictures.length)
}

describe('the browser found on this machine', () => {
  test('starts, and shows Chinese', async () => {
    browser = await chromium.launch(await findBrowser())
    await expectChinese()
  })

  test('is the one that CHROMIUM_PATH names, or a sentence where there is none', async () => {
    expect(await findBrowser({ CHROMIUM_PATH: process.execPath })).toMatchObject({ executablePath: process.execPath })
    await expect(findBrowser({ CHROMIUM_PATH: '/nowhere/chromium' })).rejects.toThrow(
      'CHROMIUM_PATH names /nowhere/chromium, and there is no such file.',
    )
  })
})

// There is none for other machines.
if (process.platform === 'linux' && process.arch === 'x64')
  describe('the browser from npm', () => {
    test('starts, and shows Chinese', async () => {
      browser = await chromium.launch(await unpackedBrowser())
      await expectChinese()
    })

    test('is unpacked once, also where two ask at the same time', async () => {
      const room = mkdtempSync(join(tmpdir(), 'browser-'))
      try {
        const [one, other] = await Promise.all([unpackChromium(room), unpackChromium(room)])
        expect(one).toEqual(other)
        expect(readdirSync(room)).toHaveLength(1)
      } finally {
        rmSync(room, { recursive: true, force: true })
      }
    })
  })

import { defineConfig } from '@playwright/test'
import { findBrowser } from './browser/find-browser.ts'

const found = await findBrowser()

/** Promises made to people, in a real browser. Nothing is tried twice: a test that passes only when repeated has failed. */
export default defineConfig({
  testDir: '.',
  testMatch: ['specs/**/*.spec.ts', 'faults/**/*.spec.ts'],
  outputDir: '../.tools/e2e-results',
  globalSetup: './fixtures/built.ts',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    headless: true,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    launchOptions: {
      ...found,
      env: Object.fromEntries(
        Object.entries(found.env ?? process.env).filter(([, value]) => value !== undefined),
      ) as Record<string, string>,
    },
  },
})

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type LaunchOptions, chromium } from '@playwright/test'
import { provideFonts } from './provide-fonts.ts'
import { unpackChromium } from './unpack-chromium.ts'

/** Ignored by git, kept between runs; deleting it is always safe. */
const room = join(import.meta.dirname, '..', '..', '.tools', 'browser')

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

type Found = Pick<LaunchOptions, 'executablePath' | 'env'>

/**
 * What `chromium.launch` needs on this machine to start a browser that shows Chinese. In this order: the one that
 * `CHROMIUM_PATH` names, Playwright's own, an installed one, the one from npm.
 * @throws Error with the ways out, where there is none
 */
export async function findBrowser(env: NodeJS.ProcessEnv = process.env): Promise<Found> {
  const named = env.CHROMIUM_PATH
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`)
    return withFonts({ executablePath: named }, env)
  }
  if (existsSync(chromium.executablePath())) return withFonts({}, env)
  const path = installed.find(existsSync)
  if (path) return withFonts({ executablePath: path }, env)
  if (process.platform === 'linux' && process.arch === 'x64') return unpackedBrowser(env)
  throw new Error(
    'No browser was found. Run `pnpm --dir e2e exec playwright install chromium`, or set CHROMIUM_PATH to a Chromium.',
  )
}

/** The browser from npm: needs neither an account with rights nor libraries nor fonts of the machine. Linux on x64 only. */
export async function unpackedBrowser(env: NodeJS.ProcessEnv = process.env): Promise<Found> {
  const { executablePath, libraries, fonts } = await unpackChromium(room)
  const searched = [env.LD_LIBRARY_PATH, libraries].filter(Boolean).join(':')
  return withFonts({ executablePath }, { ...env, LD_LIBRARY_PATH: searched }, [fonts])
}

function withFonts(found: Found, env: NodeJS.ProcessEnv, more: readonly string[] = []): Found {
  if (process.platform !== 'linux') return found
  return { ...found, env: { ...env, FONTCONFIG_FILE: provideFonts(room, more) } }
}

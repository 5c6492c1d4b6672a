import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { withPath } from './environment.mjs'
import { npm } from './npm.mjs'
import { fingerprint, once } from './once.mjs'
import { at, isWindows } from './places.mjs'

const folder = at('tools', 'toolchain')
const modules = path.join(folder, 'node_modules')

/** The Node that runs this is new enough, and not the one that lies in the folder we may be about to fill anew. */
const hasOwnNode = Number.parseInt(process.versions.node, 10) >= 24 && !process.execPath.startsWith(modules + path.sep)

/**
 * Brings pnpm, and Node 24 where this machine's is older, from npm by the small lockfile beside. The binaries are packages of
 * their own, so no install script has to run.
 * @param {import('./prepare.mjs').Steps} steps
 * @returns {Promise<{ node: string, pnpm: string, env: NodeJS.ProcessEnv }>} `env` finds both first
 */
export async function bringToolchain(steps) {
  const lockfile = fingerprint([path.join(folder, 'package-lock.json')])
  const key = `${lockfile} ${process.platform} ${process.arch}`
  await once(modules, hasOwnNode ? key : `${key} with node`, async () => {
    steps.say(hasOwnNode ? 'Bringing pnpm …' : 'Bringing Node 24 and pnpm …')
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--include=prod']
    args.push(hasOwnNode ? '--omit=optional' : '--include=optional')
    const { command, first, shell } = npm()
    await steps.must(command, [...first, ...args], { cwd: folder, shell })
    if (!hasOwnNode) tryOut(broughtNode())
  })
  const node = hasOwnNode ? process.execPath : broughtNode()
  return {
    node,
    pnpm: path.join(modules, 'pnpm', 'bin', 'pnpm.cjs'),
    env: withPath(steps.env, [path.dirname(node), path.join(modules, '.bin')]),
  }
}

/** @throws where npm has none for this machine */
function broughtNode() {
  const found = fs
    .readdirSync(modules)
    .filter(name => name.startsWith('node-'))
    .map(name => path.join(modules, name, 'bin', isWindows ? 'node.exe' : 'node'))
    .find(file => fs.existsSync(file))
  if (found) return found
  throw new Error(
    `npm has no Node 24 for ${process.platform} ${process.arch}. Install Node 24 or newer from https://nodejs.org, then try again.`,
  )
}

/** @param {string} node */
function tryOut(node) {
  if (spawnSync(node, ['--version']).status === 0) return
  throw new Error(
    'The Node 24 that npm brought does not run on this machine (it needs glibc). Install Node 24 or newer, then try again.',
  )
}

import fs from 'node:fs'
import { wayToRegistryOf } from './npm.mjs'
import { fingerprint, once } from './once.mjs'
import { at } from './places.mjs'

/**
 * Installs what the lockfile names, when it or a package's own list has changed.
 * @param {import('./prepare.mjs').Steps} steps
 * @param {{ node: string, pnpm: string, env: NodeJS.ProcessEnv }} toolchain
 */
export async function installPackages(steps, { node, pnpm, env }) {
  const named = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'e2e/package.json'].map(file => at(file))
  const others = ['apps', 'packages'].flatMap(street =>
    fs.readdirSync(at(street)).map(name => at(street, name, 'package.json')),
  )
  // pnpm wipes node_modules where its store has moved (another home), dot files excepted: the mark belongs below `.pnpm`.
  await once(at('node_modules', '.pnpm'), fingerprint([...named, ...others]), async () => {
    steps.say('Installing packages …')
    await steps.must(node, [pnpm, 'install', '--frozen-lockfile'], {
      env: { ...env, ...wayToRegistryOf(steps.env), CI: 'true' },
    })
  })
}

import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { at } from '../launcher/places.mjs'

/** Packages by their tags: the first must not depend on the second. */
const forbidden = /** @type {const} */ ([
  ['contract', 'client'],
  ['contract', 'server'],
  ['client', 'contract'],
  ['client', 'server'],
  ['client', 'web'],
  ['emulator', 'contract'],
  ['emulator', 'client'],
  ['emulator', 'server'],
  ['emulator', 'web'],
  ['server', 'web'],
  ['web', 'client'],
  ['web', 'emulator'],
])

/** What turbo must say of the workspace below. */
const expected = [
  ...forbidden.map(([from, to]) => ({ fault: `${from} needs ${to}`, words: `list for \`${from}-that-needs-${to}\`` })),
  { fault: 'a file of another package is imported', words: '`../../client-for-web/src/home.ts` leaves the package' },
  { fault: 'a package that was never named is imported', words: 'cannot import package `never-named`' },
]

/**
 * Tries the boundaries of `turbo.json` on a workspace that breaks each of them.
 * @returns {string[]} what was let through
 */
export function boundariesThatLetThrough() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'boundaries-'))
  try {
    writeWorkspace(folder)
    const turbo = [at('node_modules', 'turbo', 'bin', 'turbo'), 'boundaries', '--no-color']
    const { stdout, stderr } = spawnSync(process.execPath, turbo, { cwd: folder, encoding: 'utf8' })
    const said = unbroken(stdout + stderr)
    const missing = expected.filter(({ words }) => !said.includes(unbroken(words)))
    return missing.map(({ fault }) => `turbo boundaries says nothing where ${fault}`)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * In every pair one package depends on another that it must not know; one more package trespasses by its imports.
 * @param {string} folder
 */
function writeWorkspace(folder) {
  /**
   * @param {string} file
   * @param {string | object} content
   */
  const write = (file, content) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    fs.writeFileSync(path.join(folder, file), typeof content === 'string' ? content : JSON.stringify(content))
  }
  /**
   * @param {string} name
   * @param {string} tag
   * @param {Record<string, string>} dependencies
   */
  const writePackage = (name, tag, dependencies = {}) => {
    write(`${name}/package.json`, { name, dependencies })
    write(`${name}/turbo.json`, { extends: ['//'], tags: [tag] })
  }
  fs.copyFileSync(at('turbo.json'), path.join(folder, 'turbo.json'))
  write('package.json', { name: 'canaries', packageManager: 'pnpm@10.34.9' })
  write('pnpm-workspace.yaml', "packages: ['*']\n")
  for (const [from, to] of forbidden) {
    writePackage(`${from}-that-needs-${to}`, from, { [`${to}-for-${from}`]: 'workspace:*' })
    writePackage(`${to}-for-${from}`, to)
  }
  writePackage('trespasser', 'client')
  write('trespasser/src/trespass.ts', "import '../../client-for-web/src/home.ts'\nimport 'never-named'\n")
  write('client-for-web/src/home.ts', 'export {}\n')
}

/**
 * Turbo breaks its lines where it likes, also within a name.
 * @param {string} text
 */
const unbroken = text => text.replaceAll(/[\s|]+/g, '')

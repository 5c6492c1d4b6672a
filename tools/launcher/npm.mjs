import { spawnSync } from 'node:child_process'
import { isWindows } from './places.mjs'

const settings = ['registry', 'proxy', 'https-proxy', 'noproxy', 'cafile', 'strict-ssl']

/**
 * The npm of this machine, as a command and what comes before its arguments.
 * @returns {{ command: string, first: string[], shell: boolean }}
 */
export function npm() {
  const script = process.env.npm_execpath ?? ''
  return /npm-cli\.c?js$/.test(script)
    ? { command: process.execPath, first: [script], shell: false }
    : { command: 'npm', first: [], shell: isWindows }
}

/**
 * How this machine's npm reaches its registry, as variables: pnpm does not know npm's global settings, and npm tells them to its
 * scripts only where it was not sent to another folder (`--prefix`).
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function wayToRegistryOf(env) {
  const { command, first, shell } = npm()
  const { stdout } = spawnSync(command, [...first, 'config', 'list', '--json'], { env, shell, encoding: 'utf8' })
  let known
  try {
    known = JSON.parse(stdout)
  } catch {
    return {}
  }
  const told = settings.filter(name => known[name] !== null && known[name] !== undefined && known[name] !== '')
  return Object.fromEntries(told.map(name => [`npm_config_${name.replaceAll('-', '_')}`, String(known[name])]))
}

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** What npm and pnpm hand down is meant for themselves; a `yes=false` or an `omit=dev` of theirs would break an install of ours. */
const meantForNpm = /^(npm_|pnpm_config_|init_cwd$|node_env$)/i
/** … but for the way to the registry, which is ours too. */
const wayToRegistry = /^npm_config_(registry|.*proxy|cafile|strict_ssl)$/i

/**
 * The environment of everything the launcher starts.
 * @param {NodeJS.ProcessEnv} given
 * @param {string | null} borrowedHome used in place of a home that is missing or read-only: npm, pnpm and turbo keep caches there
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOf(given, borrowedHome) {
  const kept = Object.entries(given).filter(([name]) => wayToRegistry.test(name) || !meantForNpm.test(name))
  return {
    ...Object.fromEntries(kept),
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    ...(borrowedHome === null ? {} : { HOME: borrowedHome }),
  }
}

/**
 * Null when the account's own home can be written; else a folder below `toolRoom`, which is made.
 * @param {string} toolRoom
 */
export function borrowHome(toolRoom) {
  try {
    fs.accessSync(os.homedir(), fs.constants.W_OK)
    return null
  } catch {
    const home = path.join(toolRoom, 'home')
    fs.mkdirSync(home, { recursive: true })
    return home
  }
}

/**
 * Puts folders in front of the search path.
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} folders
 * @returns {NodeJS.ProcessEnv}
 */
export function withPath(env, folders) {
  const name = Object.keys(env).find(key => key.toUpperCase() === 'PATH') ?? 'PATH' // Windows spells it Path
  return { ...env, [name]: [...folders, env[name] ?? ''].join(path.delimiter) }
}

import { at } from '../launcher/places.mjs'

/** Any of these, set to something, means a real cloud. */
const liveSettings = ['LOCKDESK_WORKSPACE', 'LOCKDESK_REGION', 'LOCKDESK_ENDPOINT', 'LOCKDESK_CONFIG']
const defaultEmulatorPort = 4181

/**
 * Which of its two lives Lockdesk is to lead, and the words that tell its server so. A key of the cloud found alone decides
 * nothing.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ name: 'demo' | 'live', dataFolder: string, emulatorPort: number | null, serverArgs: string[] }}
 *   `emulatorPort` is null where nothing is to be emulated: in live mode, and where the configured port is none: the server
 *   lists that among its faults
 */
export function modeOf(env) {
  const name = liveSettings.some(setting => env[setting]) ? 'live' : 'demo'
  const dataFolder = at('data', name)
  if (name === 'live') return { name, dataFolder, emulatorPort: null, serverArgs: ['--data-folder', dataFolder] }
  const emulatorPort = portOf(env.LOCKDESK_EMULATOR_PORT || String(defaultEmulatorPort))
  const cloud = `http://127.0.0.1:${emulatorPort ?? defaultEmulatorPort}`
  return { name, dataFolder, emulatorPort, serverArgs: ['--demo-cloud', cloud, '--data-folder', dataFolder] }
}

/** @param {string} text */
function portOf(text) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65535 ? port : null
}

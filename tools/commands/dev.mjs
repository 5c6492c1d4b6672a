import { at } from '../launcher/places.mjs'
import { modeOf } from './mode.mjs'

const pagePort = '5173'

/**
 * Everything from its source, each started anew (the page: mended in place) when a file changes.
 * @param {import('../launcher/prepare.mjs').House} house
 */
export async function dev({ node, env, children }) {
  const { emulatorPort, serverArgs } = modeOf(env)
  const page = `http://localhost:${pagePort}`
  const tether = at('tools', 'tether.mjs')
  /** @param {string[]} args */
  const watched = (args, more = {}) =>
    children.startLeashed(node, [tether, node, '--watch', '--watch-preserve-output', ...args], {
      env: { ...env, ...more },
    })
  const started = []
  if (emulatorPort !== null)
    started.push(
      watched([at('packages', 'flink-emulator', 'src', 'main.ts')], { LOCKDESK_EMULATOR_PORT: String(emulatorPort) }),
    )
  // The page's own server passes /api on, so the origin that the server sees is the page's.
  const origin = { LOCKDESK_PUBLIC_URL: env.LOCKDESK_PUBLIC_URL || page }
  started.push(watched([at('apps', 'bff', 'src', 'main.ts'), ...serverArgs], origin))
  const web = at('apps', 'web')
  const vite = at('apps', 'web', 'node_modules', 'vite', 'bin', 'vite.js')
  started.push(children.startLeashed(node, [vite, '--port', pagePort, '--strictPort'], { env, cwd: web }))
  return Promise.race(started.map(child => child.ended))
}

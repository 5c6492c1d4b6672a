import { at } from '../launcher/places.mjs'
import { modeOf } from './mode.mjs'

/**
 * Runs what was built: in demo mode the emulated cloud and the server, else the server alone. Ends when either ends.
 * @param {import('../launcher/prepare.mjs').House} house
 */
export async function start({ node, env, children }) {
  const { emulatorPort, serverArgs } = modeOf(env)
  const ended = []
  if (emulatorPort !== null) {
    const emulator = at('packages', 'flink-emulator', 'dist', 'main.mjs')
    // The server speaks for both; only what goes wrong with the cloud is the cloud's to say.
    /** @type {import('../launcher/children.mjs').StartOptions} */
    const options = {
      env: { ...env, LOCKDESK_EMULATOR_PORT: String(emulatorPort) },
      stdio: ['ignore', 'pipe', 'inherit'],
    }
    const cloud = children.startLeashed(node, [emulator], options)
    ended.push(cloud.ended)
    // Its first word says that it listens: a server that asked before would wait longer for its second try.
    await Promise.race([new Promise(resolve => cloud.stdout?.once('data', resolve)), cloud.ended])
    cloud.stdout?.resume()
  }
  ended.push(children.startLeashed(node, [at('apps', 'bff', 'dist', 'main.mjs'), ...serverArgs], { env }).ended)
  return Promise.race(ended)
}

import { alone } from './alone.mjs'
import { borrowHome, environmentOf } from './environment.mjs'
import { installPackages } from './packages.mjs'
import { at, toolRoom } from './places.mjs'
import { bringToolchain } from './toolchain.mjs'

/** Nothing is lost when an installation or a build is cut off. */
const patienceMs = 3000
const never = () => new Promise(() => {})

/**
 * What a step of the preparation works with.
 * @typedef {object} Steps
 * @property {NodeJS.ProcessEnv} env
 * @property {(words: string) => void} say
 * @property {(command: string, args: string[], options?: Partial<import('./children.mjs').StartOptions>) => Promise<void>} must
 *   runs one command to its end; what it says is shown only when it fails
 */

/**
 * The prepared project, as commands are given it.
 * @typedef {object} House
 * @property {string} node Node 24 or newer
 * @property {NodeJS.ProcessEnv} env finds that Node and pnpm first
 * @property {import('./children.mjs').Children} children
 * @property {(words: string) => void} say for people, on stderr
 */

/**
 * Brings the tools, installs and, where asked, builds: one launcher at a time in one folder, and only what has changed.
 * @param {import('./children.mjs').Children} children
 * @param {{ builds: boolean, say: (words: string) => void }} options
 * @returns {Promise<House>}
 * @throws with the words of the step that failed
 */
export function prepare(children, { builds, say }) {
  const lock = at('.tools', 'lock')
  return alone(
    lock,
    async alsoHeldBy => {
      const ownEnv = environmentOf(process.env, borrowHome(toolRoom))
      const steps = { env: ownEnv, say, must: mustRun(children, ownEnv, alsoHeldBy) }
      const toolchain = await bringToolchain(steps)
      await installPackages(steps, toolchain)
      const { node, env } = toolchain
      if (builds) {
        say('Building …')
        await steps.must(node, buildArgs, { env })
      }
      return { node, env, children, say }
    },
    () => say(`Waiting for another preparation of this folder (${lock}) …`),
  )
}

/** Builds what has changed since it was last built; run by Node. */
export const buildArgs = [at('node_modules', 'turbo', 'bin', 'turbo'), 'run', 'build', '--output-logs=errors-only']

/**
 * @param {import('./children.mjs').Children} children
 * @param {NodeJS.ProcessEnv} env of a step that names none
 * @param {(pid: number) => void} alsoHeldBy
 * @returns {Steps['must']}
 */
function mustRun(children, env, alsoHeldBy) {
  return async (command, args, options) => {
    const child = children.start(command, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      patienceMs,
      ...options,
    })
    if (child.pid) alsoHeldBy(child.pid)
    let words = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', text => {
        words += text
      })
    const code = await child.ended
    if (children.isStopping()) await never() // the launcher is on its way out: a step cut off is no news
    if (code !== 0) throw new Error(`${[command, ...args].join(' ')}\nended with ${code}\n${words}`)
  }
}

import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { pathToFileURL } from 'node:url'
import { at, root } from './places.mjs'

/** A server may be in the middle of a take: its answer is worth waiting for. */
const patienceMs = 9000

/**
 * @typedef {object} StartOptions
 * @property {NodeJS.ProcessEnv} env
 * @property {string} [cwd]
 * @property {import('node:child_process').StdioOptions} [stdio]
 * @property {number} [patienceMs] how long it may take to end after SIGTERM before SIGKILL
 * @property {boolean} [shell]
 *
 * @typedef {import('node:child_process').ChildProcess & { ended: Promise<number> }} Child
 */

const leash = pathToFileURL(at('tools', 'leash.mjs')).href

/** Everything one launcher has started, so that all of it ends with the launcher. */
export function createChildren() {
  /** @type {Map<Child, number>} */
  const patience = new Map()
  let isStopping = false

  /**
   * @param {string} command
   * @param {string[]} args
   * @param {StartOptions} options
   * @returns {Child} `ended` is its exit code, 128 + n after a signal; rejected where it could not be started
   */
  function start(command, args, options) {
    const { patienceMs: own = patienceMs, stdio = ['ignore', 'inherit', 'inherit'], ...rest } = options
    const child = /** @type {Child} */ (spawn(command, args, { cwd: root, stdio, windowsHide: true, ...rest }))
    patience.set(child, own)
    child.ended = /** @type {Promise<number>} */ (
      new Promise((resolve, reject) => {
        child.once('error', reject)
        child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
      })
    ).finally(() => patience.delete(child))
    child.ended.catch(() => {}) // whoever waits for it is told; nobody has to
    return child
  }

  /**
   * A program for Node on the leash: when this launcher is gone, however it went, the program ends too.
   * @param {string} node
   * @param {string[]} args
   * @param {StartOptions} options
   */
  function startLeashed(node, args, options) {
    const [input = 'ignore', output = 'inherit', errors = 'inherit'] = Array.isArray(options.stdio) ? options.stdio : []
    const env = { ...options.env, TOOLS_LEASH: '1' }
    return start(node, ['--import', leash, ...args], { ...options, env, stdio: [input, output, errors, 'ipc'] })
  }

  /** Asks everything to end, insists after its patience, and answers when nothing is left. */
  async function stop() {
    isStopping = true
    const endings = [...patience].map(([child, ms]) => {
      child.kill('SIGTERM')
      setTimeout(() => child.kill('SIGKILL'), ms).unref()
      return child.ended
    })
    await Promise.allSettled(endings)
  }

  return { start, startLeashed, stop, isStopping: () => isStopping }
}

/** @typedef {ReturnType<typeof createChildren>} Children */

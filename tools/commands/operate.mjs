import { at } from '../launcher/places.mjs'
import { modeOf } from './mode.mjs'

/**
 * An operator's command of the server's, on the data of the mode that `npm start` would choose.
 * @param {string} name
 */
export function operate(name) {
  /**
   * @param {import('../launcher/prepare.mjs').House} house
   * @param {string[]} args
   */
  return ({ node, env, children }, args) => {
    const { dataFolder } = modeOf(env)
    const folder = args.includes('--data-folder') ? [] : ['--data-folder', dataFolder]
    const words = [at('apps', 'bff', 'dist', 'main.mjs'), name, ...args, ...folder]
    return children.startLeashed(node, words, { env, stdio: ['inherit', 'inherit', 'inherit'] }).ended
  }
}

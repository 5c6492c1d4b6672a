import { at } from '../launcher/places.mjs'

/**
 * Measures us beside the limit and what people would use instead; what follows `--` is its own.
 * @param {import('../launcher/prepare.mjs').House} house
 * @param {string[]} args
 */
export const bench = ({ node, env, children }, args) =>
  children.startLeashed(node, [at('e2e', 'bench', 'main.ts'), ...args], { env }).ended

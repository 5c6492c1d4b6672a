import { at } from '../launcher/places.mjs'

/**
 * Breaks everything while people take locks, and judges what came of it; what follows `--` is its own.
 * @param {import('../launcher/prepare.mjs').House} house
 * @param {string[]} args
 */
export const chaos = ({ node, env, children }, args) =>
  children.startLeashed(node, [at('e2e', 'chaos', 'main.ts'), ...args], { env }).ended

import { at } from '../launcher/places.mjs'

/**
 * Takes the documents' pictures anew.
 * @param {import('../launcher/prepare.mjs').House} house
 * @param {string[]} args
 */
export const pictures = ({ node, env, children }, args) =>
  children.startLeashed(node, [at('e2e', 'pictures.ts'), ...args], { env }).ended

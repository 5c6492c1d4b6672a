import fs from 'node:fs'
import path from 'node:path'
import { at } from '../launcher/places.mjs'

const notOurs = /^(node_modules|dist|data|coverage|test-results|\..*)$/

/**
 * The project's own files below a folder, from the root and with forward slashes. Not by git: a tree that was downloaded has none.
 * @param {string} folder from the root
 * @returns {string[]}
 */
export function filesBelow(folder) {
  return fs.readdirSync(at(folder), { withFileTypes: true }).flatMap(entry => {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return notOurs.test(entry.name) ? [] : filesBelow(file)
    return entry.isFile() ? [file] : []
  })
}

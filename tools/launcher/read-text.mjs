import fs from 'node:fs'

/**
 * The text of a file, empty where it cannot be read.
 * @param {string} file
 */
export function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { readText } from './read-text.mjs'

const markName = 'lockdesk-key'

/**
 * Fills a folder unless it was filled with the same key. The mark is written last and lies in the folder: whoever is killed
 * before, or deletes the folder, starts afresh.
 * @param {string} folder
 * @param {string} key a mark that begins with it counts
 * @param {() => Promise<void>} fill
 */
export async function once(folder, key, fill) {
  const mark = path.join(folder, markName)
  if (readText(mark).startsWith(key)) return
  fs.rmSync(mark, { force: true })
  await fill()
  fs.writeFileSync(mark, key)
}

/** @param {string[]} files */
export function fingerprint(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${readText(file)}\0`)
  return hash.digest('hex')
}

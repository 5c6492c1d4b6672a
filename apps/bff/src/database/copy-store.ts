import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'

/**
 * Copies the whole store as it is at this moment. The copy has its name only when it is complete and on the disk; it can be read by its owner
 * only. What is written meanwhile is not in it, and waits for nothing.
 * @throws Error with a `code`: `EEXIST` there is such a file, or what the file system or SQLite says
 */
export function copyStore(raw: DatabaseSync, to: string): void {
  refuseIfThere(to)
  const part = `${to}.${randomUUID().slice(0, 8)}.part`
  closeSync(openSync(part, 'wx', 0o600))
  try {
    raw.prepare('VACUUM INTO ?').run(part)
    flush(part)
    refuseIfThere(to)
    renameSync(part, to)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
  if (process.platform !== 'win32') flush(dirname(to)) // Windows opens no folder
}

function refuseIfThere(file: string): void {
  if (existsSync(file)) throw Object.assign(new Error('there is such a file'), { code: 'EEXIST' })
}

function flush(path: string): void {
  const opened = openSync(path, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseFault, DatabaseInUse } from './database-fault.ts'

/** What SQLite calls a file that somebody else has locked. */
const busyCodes = new Set([5, 6])
const notADatabase = 26

/**
 * Opens a file that is this process's alone from then on: a second one is refused at once, and a lock left behind by a killed process
 * blocks nobody, since the operating system lets go of it. Every commit is on the disk when it returns.
 * A new folder and a new file can be read by their owner only.
 * @throws DatabaseInUse another process has it open
 * @throws DatabaseFault it cannot be created, written or read
 */
export function openSqlite(path: string): DatabaseSync {
  if (path === ':memory:') return owned(new DatabaseSync(':memory:'))
  const file = resolve(path)
  try {
    createFolder(dirname(file))
    closeSync(openSync(file, 'a', 0o600))
  } catch (cause) {
    throw new DatabaseFault(unusable(file, cause), { cause })
  }
  let raw: DatabaseSync | undefined
  try {
    raw = new DatabaseSync(file, { timeout: 0 })
    return owned(raw)
  } catch (cause) {
    raw?.close()
    const code = (cause as { errcode?: number }).errcode ?? 0
    if (busyCodes.has(code & 0xff)) throw new DatabaseInUse(file, { cause })
    if ((code & 0xff) === notADatabase)
      throw new DatabaseFault(`${file} is not a database of Lockdesk. Name another file; this one was left as it is.`, {
        cause,
      })
    throw new DatabaseFault(unusable(file, cause), { cause })
  }
}

/** Like `mkdir -p`. Node's own recursive way never ends below `/proc`, where a folder that can be named can still not be made. */
function createFolder(folder: string): void {
  if (existsSync(folder)) return
  createFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Somebody else was faster.
    if (!existsSync(folder)) throw error
  }
}

/** The exclusive lock is asked for before the journal mode: only then does SQLite keep it, and need no shared memory beside the file. */
function owned(raw: DatabaseSync): DatabaseSync {
  raw.exec('PRAGMA locking_mode = EXCLUSIVE')
  raw.exec('PRAGMA journal_mode = WAL')
  raw.exec('PRAGMA synchronous = FULL')
  raw.exec('PRAGMA foreign_keys = ON')
  // So that REPLACE cannot delete behind the triggers that keep the ledger append-only.
  raw.exec('PRAGMA recursive_triggers = ON')
  raw.exec('BEGIN IMMEDIATE; COMMIT')
  return raw
}

function unusable(file: string, cause: unknown): string {
  const { code, message } = cause as { code?: string; message?: string }
  const why = code === 'ERR_SQLITE_ERROR' ? message : (reasons[code ?? ''] ?? message)
  return `${file} cannot be used as the database: ${why}. Name a file in a folder that this user may write to, for example sqlite:data/live/lockdesk.sqlite.`
}

const reasons: Record<string, string> = {
  EACCES: 'this user has no right to write there',
  EPERM: 'this user has no right to write there',
  EROFS: 'the file system is read-only',
  ENOENT: 'the folder does not exist and cannot be created',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  ENOSPC: 'the disk is full',
}

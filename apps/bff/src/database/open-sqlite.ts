import { closeSync, existsSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Dialect } from 'kysely'
import { BackupFault } from './backup-fault.ts'
import { DatabaseFault, DatabaseInUse } from './database-fault.ts'
import { fileReason } from './file-reasons.ts'
import { nodeSqliteDialect } from './sqlite-dialect.ts'
import { openThreads } from './sqlite-threads.ts'
import { threadsDialect } from './threads-dialect.ts'

export interface OpenedSqlite {
  dialect: Dialect
  /** Writes the log back into the file and lets go of it; also where the dialect was destroyed already. */
  close(): Promise<void>
  /**
   * Copies the whole store, as it is at one moment, into a new file, while everybody goes on reading and writing. Absent where there is no file.
   * @throws BackupFault there is such a file already, or it cannot be written
   */
  backupTo?(path: string): Promise<void>
}

/** What SQLite calls a file that somebody else has locked. */
const busyCodes = new Set([5, 6])
const notADatabase = 26

/**
 * Opens a file that is this process's alone from then on: a second one is refused at once, and a lock left behind by a killed process
 * blocks nobody, since the operating system lets go of it. Every commit is on the disk when it returns.
 * A new folder and a new file can be read by their owner only.
 * @param path of the file, or `:memory:`, which is one connection on the caller's own thread
 * @throws DatabaseInUse another process has it open
 * @throws DatabaseFault it cannot be created, written or read
 */
export async function openSqlite(path: string): Promise<OpenedSqlite> {
  if (path === ':memory:') return openInMemory()
  let file = resolve(path)
  let owner: DatabaseSync | undefined
  try {
    createFolder(dirname(file))
    createFile(file)
    // Two names of one file have one owner.
    file = realpathSync(file)
    owner = own(file)
    prepare(file)
    const threads = await openThreads(file)
    const held = owner
    return {
      dialect: threadsDialect(threads),
      async close() {
        await threads.close()
        if (held.isOpen) held.close()
      },
      backupTo: to => threads.copyTo(to).catch((cause: unknown) => Promise.reject(new BackupFault(resolve(to), cause))),
    }
  } catch (cause) {
    owner?.close()
    throw named(file, cause)
  }
}

function openInMemory(): OpenedSqlite {
  const raw = new DatabaseSync(':memory:')
  raw.exec('PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON')
  return {
    dialect: nodeSqliteDialect(raw),
    async close() {
      if (raw.isOpen) raw.close()
    },
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

/** One that is there is never opened here: when a process closes a file, POSIX takes every lock on it away, those of SQLite too. */
function createFile(file: string): void {
  const there = statSync(file, { throwIfNoEntry: false })
  if (there?.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' })
  if (there) return
  try {
    closeSync(openSync(file, 'ax', 0o600))
  } catch (error) {
    if (!existsSync(file)) throw error
  }
}

/**
 * Several connections of one process cannot have a file to themselves by SQLite's own means, so a lock on an empty file beside it stands for
 * that. It stays where it is: deleted, it could be locked by two, each its own.
 * @returns what holds the lock until it is closed, or the process ends, in whatever way
 */
function own(file: string): DatabaseSync {
  const lock = `${file}-owner`
  createFile(lock)
  const raw = new DatabaseSync(lock, { timeout: 0 })
  try {
    // Nothing is ever written, so no journal is needed beside it.
    raw.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return raw
  } catch (error) {
    raw.close()
    throw error
  }
}

/**
 * Reads in what a killed process left, and finds out whether somebody has the file who does not know the owner's lock: an older Lockdesk,
 * or another one that calls it by another name. For a moment it is locked as those lock it; they are then kept out by the lock
 * that every connection has on it.
 */
function prepare(file: string): void {
  const raw = new DatabaseSync(file, { timeout: 0 })
  try {
    // Asked for before the journal mode: only then is the lock kept.
    raw.exec('PRAGMA locking_mode = EXCLUSIVE')
    raw.exec('PRAGMA journal_mode = WAL')
    raw.exec('PRAGMA synchronous = FULL')
    raw.exec('BEGIN IMMEDIATE; COMMIT')
  } finally {
    raw.close()
  }
}

function named(file: string, cause: unknown): DatabaseFault {
  const code = ((cause as { errcode?: number }).errcode ?? 0) & 0xff
  if (busyCodes.has(code)) return new DatabaseInUse(file, { cause })
  const sentence =
    code === notADatabase
      ? `${file} is not a database of Lockdesk. Name another file; this one was left as it is.`
      : `${file} cannot be used as the database: ${fileReason(cause)}. Name a file in a folder that this user may write to, for example sqlite:data/live/lockdesk.sqlite.`
  return new DatabaseFault(sentence, { cause })
}

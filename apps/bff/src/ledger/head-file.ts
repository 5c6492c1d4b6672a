import { randomUUID } from 'node:crypto'
import { type BigIntStats, statSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Database } from '../database/schema.ts'

/**
 * What lies beside the file of a store and says how far it has come: a store that is found behind it, or was put where it is by somebody else,
 * was restored or copied.
 */
const Head = z.object({
  /** A word that the store knows too. */
  place: z.string().min(1),
  /** The newest entry when this was written; it was on the disk before. */
  number: z.int().min(0),
  hash: z.string(),
  /** True while a process has the store open, and after it was killed. */
  isOpen: z.boolean(),
  /** Which file it was, and when it was last changed in any way. */
  inode: z.string(),
  changedAt: z.string(),
})
export type Head = z.infer<typeof Head>

/** Where the head of a store is kept. */
export const headFileOf = (storeFile: string): string => `${storeFile}.head`

/** How a store was found, before anybody opened it. */
export interface Found {
  head: Head | null
  /** The file is the one that the head is about, and nobody put it there or changed it since it was closed. */
  isUntouched: boolean
}

/** To be called before the store is opened: that alone may change its file. */
export async function findHead(storeFile: string): Promise<Found> {
  const head = await readHead(storeFile)
  const is = statSync(storeFile, { bigint: true, throwIfNoEntry: false })
  if (!head || !is) return { head, isUntouched: false }
  return { head, isUntouched: isSame(head, is) }
}

/** A process that was killed has not told when it last changed its file. */
const isSame = (head: Head, is: BigIntStats) =>
  head.inode === String(is.ino) && (head.isOpen || head.changedAt === String(is.ctimeNs))

/**
 * The word for where a store is.
 * @returns the one it had, or a new one where it was restored, moved or copied
 */
export async function placeOf(database: Database, { head, isUntouched }: Found): Promise<string> {
  const isHere = head !== null && isUntouched && (await hasEntry(database, head))
  return isHere ? head.place : randomUUID()
}

/** Also where it was let go of: then the ledger is ahead of it. */
async function hasEntry(database: Database, { number, hash }: Head): Promise<boolean> {
  if (number === 0) return true
  const entry = await database.selectFrom('entries').select('hash').where('number', '=', number).executeTakeFirst()
  if (entry) return entry.hash === hash
  const oldest = await database.selectFrom('entries').select('number').orderBy('number').limit(1).executeTakeFirst()
  return oldest !== undefined && number < oldest.number
}

/** @param end what the newest entry is now */
export async function writeHead(
  storeFile: string,
  place: string,
  end: { number: number; hash: string },
  isOpen: boolean,
): Promise<void> {
  const is = statSync(storeFile, { bigint: true })
  const head: Head = { place, ...end, isOpen, inode: String(is.ino), changedAt: String(is.ctimeNs) }
  const file = headFileOf(storeFile)
  await writeFile(`${file}.new`, JSON.stringify(head), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** @returns null where there is none, or a power cut left half of one */
async function readHead(storeFile: string): Promise<Head | null> {
  try {
    return Head.parse(JSON.parse(await readFile(headFileOf(storeFile), 'utf8')))
  } catch {
    return null
  }
}

import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const Control = z.object({ port: z.int().min(1).max(65_535), token: z.string().min(1), store: z.string().min(1) })
/** Where the running process hears its operator, the word by which it knows one, and the file of the store that it owns. */
export type Control = z.infer<typeof Control>

/** The file of the store. Null for one in memory, which no second process could ask about. Its folder is the owner's alone. */
export function storeFileOf(databaseUrl: string): string | null {
  const path = /^sqlite:(.+)$/s.exec(databaseUrl)?.[1]
  return path === undefined || path === ':memory:' ? null : resolve(path)
}

/** Whether two paths lead to one file, by whatever names. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  if (resolve(one) === resolve(other)) return true
  try {
    const [a, b] = await Promise.all([stat(one, { bigint: true }), stat(other, { bigint: true })])
    return a.ino === b.ino && a.dev === b.dev
  } catch {
    return false
  }
}

const fileIn = (folder: string) => join(folder, 'control.json')

/** Only the owner can read it; it is never seen half written. */
export async function writeControl(folder: string, control: Control): Promise<void> {
  const next = `${fileIn(folder)}.${process.pid}`
  await writeFile(next, JSON.stringify(control), { mode: 0o600 })
  await rename(next, fileIn(folder))
}

/** @returns null where there is no file, or none of ours */
export async function readControl(folder: string): Promise<Control | null> {
  try {
    return Control.parse(JSON.parse(await readFile(fileIn(folder), 'utf8')))
  } catch {
    return null
  }
}

/** Removes the file unless another process has put its own there meanwhile. */
export async function removeControl(folder: string, { token }: Control): Promise<void> {
  if ((await readControl(folder))?.token === token) await rm(fileIn(folder), { force: true })
}

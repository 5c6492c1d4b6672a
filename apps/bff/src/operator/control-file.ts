import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'

const Control = z.object({ port: z.int(), token: z.string().min(1) })
/** Where the running process hears its operator, and the word by which it knows one. */
export type Control = z.infer<typeof Control>

/** The folder that is the owner's alone: where the SQLite file is. Null for a store in memory, which no second process could ask about. */
export function dataFolderOf(databaseUrl: string): string | null {
  const path = /^sqlite:(.+)$/s.exec(databaseUrl)?.[1]
  return path === undefined || path === ':memory:' ? null : dirname(resolve(path))
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

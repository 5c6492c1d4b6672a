import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, wherever the command was given. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/** @param {...string} parts */
export const at = (...parts) => path.join(root, ...parts)

/** What the tools keep between two runs: the lock, reports, a borrowed home. Ignored by git; deleting it is always safe. */
export const toolRoom = at('.tools')

export const isWindows = process.platform === 'win32'

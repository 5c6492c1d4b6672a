import { type FileHandle, open, stat } from 'node:fs/promises'
import { type Sink, SinkAway } from './sink.ts'

/** What is looked at from the end for the last line break: no line is longer. */
const longestLine = 1024 * 1024

/**
 * Appends to a file, which is opened for each batch: whoever rotates it need tell nobody. A line that a killed process left half written goes
 * first; it is written again.
 */
export function createFileSink(path: string): Sink {
  let isMended = false

  return {
    async send({ lines }) {
      let file: FileHandle | undefined
      try {
        if (!isMended) await cutTornLine(path)
        isMended = true
        file = await open(path, 'a', 0o600)
        await file.appendFile(lines)
        await file.datasync().catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'EINVAL') throw error // a pipe keeps nothing
        })
      } catch (error) {
        isMended = false
        const { code = 'unknown' } = error as NodeJS.ErrnoException
        throw new SinkAway(`The file ${path} cannot be written (${code}).`, { cause: error })
      } finally {
        await file?.close().catch(() => {})
      }
    },
  }
}

async function cutTornLine(path: string): Promise<void> {
  const is = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!is?.isFile() || is.size === 0) return
  const file = await open(path, 'r+')
  try {
    const from = Math.max(0, is.size - longestLine)
    const end = Buffer.alloc(is.size - from)
    await file.read(end, 0, end.length, from)
    const last = end.lastIndexOf(0x0a)
    const whole = last === -1 ? from : from + last + 1
    if (whole < is.size && (last !== -1 || from === 0)) await file.truncate(whole)
  } finally {
    await file.close()
  }
}

import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'

/** A Chromium without a window of its own, and what it needs beside it. */
export interface UnpackedChromium {
  executablePath: string
  /** Libraries that a bare machine lacks. */
  libraries: string
  /** Where a machine has no font at all, a page dies without these. */
  fonts: string
}

interface TarReader {
  extract(folder: string): NodeJS.WritableStream
}

/**
 * Unpacks the Chromium that lies compressed in `@sparticuz/chromium` (Linux on x64), once: 2–3 seconds. The package's own function
 * is not used: two callers at once meet a half-written file, and it unpacks to a place that the next account may not read.
 * @param room where it is kept
 */
export async function unpackChromium(room: string): Promise<UnpackedChromium> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const origin = join(dirname(entry), '..')
  const { version } = JSON.parse(readFileSync(join(origin, 'package.json'), 'utf8')) as { version: string }
  const home = join(room, `chromium-${version}`)
  if (!existsSync(home)) {
    mkdirSync(room, { recursive: true })
    const part = mkdtempSync(`${home}.`)
    chmodSync(part, 0o755)
    mkdirSync(join(part, 'fonts'))
    const { extract } = createRequire(entry)('tar-fs') as TarReader
    const unpack = (name: string, to: NodeJS.WritableStream) =>
      pipeline(createReadStream(join(origin, 'bin', name)), createBrotliDecompress({ chunkSize: 1 << 21 }), to)
    await Promise.all([
      unpack('chromium.br', createWriteStream(join(part, 'chromium'), { mode: 0o755 })),
      unpack('al2023.tar.br', extract(part)),
      unpack('swiftshader.tar.br', extract(part)), // looked for beside the binary
      unpack('fonts.tar.br', extract(join(part, 'fonts'))),
    ])
    try {
      renameSync(part, home)
    } catch (error) {
      rmSync(part, { recursive: true, force: true })
      if (!existsSync(home)) throw error // else somebody else was faster
    }
  }
  return { executablePath: join(home, 'chromium'), libraries: join(home, 'lib'), fonts: join(home, 'fonts') }
}

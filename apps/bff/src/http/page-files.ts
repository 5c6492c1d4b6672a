import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

type Encoding = 'br' | 'gzip'

export interface PageFile {
  type: string
  etag: string
  plain: Uint8Array<ArrayBuffer>
  /** Made when the page was built. */
  packed: Partial<Record<Encoding, Uint8Array<ArrayBuffer>>>
  /** Named after its content: what is at this address never changes. */
  isHashed: boolean
}

/** By address, `/assets/index-1a2b3c4d.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Reads the built page into memory. What is served is this list and nothing else, so no address can lead out of the folder, and an update
 * that replaces the folder under a running server breaks no open page.
 * @returns an empty map where the page has not been built
 */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const entries = (await unlessGone(readdir(folder, { recursive: true, withFileTypes: true }))) ?? []
  const paths = new Set(entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name)))
  const files = new Map<string, PageFile>()
  for (const path of paths) {
    const ending = extname(path)
    if (['.br', '.gz'].includes(ending) && paths.has(path.slice(0, -ending.length))) continue
    const address = `/${relative(folder, path).split(sep).join('/')}`
    // One that goes while the page is being built anew is not there.
    const [plain, br, gzip] = await Promise.all([read(path), read(`${path}.br`), read(`${path}.gz`)])
    if (!plain) continue
    files.set(address, {
      type: types[ending.toLowerCase()] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      plain,
      packed: { ...(br && { br }), ...(gzip && { gzip }) },
      isHashed: address.startsWith('/assets/'),
    })
  }
  return files
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await unlessGone(readFile(path))
  return bytes && new Uint8Array(bytes)
}

async function unlessGone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** The densest packing that there is and that the client reads. */
export function pack(
  file: PageFile,
  acceptEncoding: string | undefined,
): { encoding: Encoding | null; body: Uint8Array<ArrayBuffer> } {
  const accepted = acceptedEncodings(acceptEncoding ?? '')
  for (const encoding of ['br', 'gzip'] as const) {
    const body = file.packed[encoding]
    if (body && accepted.has(encoding)) return { encoding, body }
  }
  return { encoding: null, body: file.plain }
}

function acceptedEncodings(header: string): Set<string> {
  const accepted = new Set<string>()
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map(word => word.trim())
    const quality = parameters.find(parameter => parameter.startsWith('q='))
    if (quality === undefined || Number(quality.slice(2)) > 0) accepted.add(name)
  }
  return accepted
}

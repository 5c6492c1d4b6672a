import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLedger } from '../ledger/create-ledger.ts'
import { LedgerUnavailable } from '../ledger/ledger.ts'
import { DatabaseInUse } from './database-fault.ts'
import { type OpenedDatabase, openDatabase } from './open-database.ts'

/** Programs start slowly where much else runs. */
const patienceMs = 20_000
vi.setConfig({ testTimeout: 3 * patienceMs })

let folder: string
const undo: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockdesk-faults-'))
})
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
  rmSync(folder, { recursive: true, force: true })
})

async function open(name = 'lockdesk.sqlite'): Promise<OpenedDatabase> {
  const one = await openDatabase(`sqlite:${join(folder, name)}`)
  undo.push(one.close)
  return one
}

const openLedger = async ({ database, openStore }: OpenedDatabase) =>
  createLedger({ database, store: await openStore() })

const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href)

/** A program that prints a line for each thing it is about to rely on, and goes on until it is killed. */
function start(code: string): { child: ChildProcess; lines: string[]; kill(): Promise<void> } {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, join(folder, 'lockdesk.sqlite')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const closed = once(child, 'close')
  createInterface(child.stdout).on('line', line => lines.push(line))
  const kill = async () => {
    child.kill('SIGKILL')
    await closed
  }
  undo.push(kill)
  return { child, lines, kill }
}

const writer = `
  const { openDatabase } = await import(${here('open-database.ts')})
  const { createLedger } = await import(${here('../ledger/create-ledger.ts')})
  const { database, openStore } = await openDatabase('sqlite:' + process.argv[1])
  const ledger = await createLedger({ database, store: await openStore() })
  for (;;) process.stdout.write((await ledger.recordSetting('as it was', null)).number + '\\n')`

/** Kills a writer in the middle of it. @returns the newest entry that it had been told of */
async function killWriter(atLeast: number): Promise<number> {
  const { lines, kill } = start(writer)
  await expect.poll(() => lines.length, { interval: 3, timeout: patienceMs }).toBeGreaterThan(atLeast)
  await kill()
  return Number(lines.at(-1))
}

describe('kill -9 during writes', () => {
  it('keeps everything that was acknowledged, time after time', async () => {
    for (const atLeast of [5, 17, 40]) {
      const told = await killWriter(atLeast)
      const one = await open()
      const { ok, entries } = await (await openLedger(one)).verify()
      expect(ok).toBe(true)
      expect(entries).toBeGreaterThanOrEqual(told)
      await one.close()
    }
  })

  /** What else a power cut may do to the end of the log. */
  it.each([
    ['cut off in the middle of a page', (log: string, size: number) => truncateSync(log, size - 1_000)],
    ['cut off by much', (log: string, size: number) => truncateSync(log, Math.floor(size / 2) + 13)],
    ['cut off behind its head', (log: string) => truncateSync(log, 32)],
    ['cut off whole', (log: string) => truncateSync(log, 0)],
    ['garbled at its end', (log: string, size: number) => garble(log, size - 500, 400)],
    ['garbled in its middle', (log: string, size: number) => garble(log, Math.floor(size / 2), 4_000)],
    ['followed by nonsense', (log: string, size: number) => garble(log, size, 9_000)],
  ])('a log that is %s: what is left is a whole beginning, and it goes on from there', async (_, tear) => {
    // Only what came after the last orderly end is in the log.
    const before = await open()
    await (await openLedger(before)).recordSetting('before', null)
    await before.close()
    const told = await killWriter(20)
    const log = join(folder, 'lockdesk.sqlite-wal')
    tear(log, statSync(log).size)

    const ledger = await openLedger(await open())
    const { ok, entries } = await ledger.verify()
    expect(ok).toBe(true)
    expect(entries).toBeGreaterThanOrEqual(1)
    expect(entries).toBeLessThanOrEqual(told + 1)
    expect((await ledger.recordSetting('afterwards', null)).number).toBe(entries + 1)
    expect(await ledger.verify()).toMatchObject({ ok: true, entries: entries + 1 })
  })
})

function garble(file: string, from: number, length: number): void {
  const bytes = readFileSync(file)
  const all = Buffer.alloc(Math.max(bytes.length, from + length))
  bytes.copy(all)
  for (let at = from; at < from + length; at++) all[at] = (all[at] ?? 0) ^ 0x5a
  writeFileSync(file, all)
}

describe('a full disk', () => {
  it('refuses what is written with the reason, goes on reading, and takes writes again when there is room', async () => {
    const one = await open()
    const ledger = await openLedger(one)
    await ledger.recordSetting('before', null)
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(one.database)
    await sql.raw(`pragma max_page_count = ${rows[0]?.page_count ?? 0}`).execute(one.database)
    const write = () => ledger.recordSetting('x'.repeat(200_000), null)
    const fault = await write().catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(LedgerUnavailable)
    expect((fault as Error).cause).toMatchObject({ errcode: 13, message: 'database or disk is full' })
    await expect(write()).rejects.toBeInstanceOf(LedgerUnavailable)
    expect(await ledger.verify()).toMatchObject({ ok: true, entries: 1 })

    await sql`pragma max_page_count = 1000000`.execute(one.database)
    await write()
    expect(await ledger.verify()).toMatchObject({ ok: true, entries: 2 })
  })
})

describe('a folder that may only be read', () => {
  const tryToOpen = `
    const { openDatabase } = await import(${here('open-database.ts')})
    if (process.getuid() === 0) process.setegid(65534), process.seteuid(65534)
    await openDatabase('sqlite:' + process.argv[1]).then(
      () => console.log('opened'),
      error => console.log(error.name + ' ' + error.message),
    )`

  it.each([
    ['and is empty', async () => {}],
    ['and holds a store', async () => (await open()).close()],
  ])('%s is a sentence that names the setting', async (_, prepare) => {
    await prepare()
    rmSync(join(folder, 'lockdesk.sqlite-owner'), { force: true })
    if (process.getuid?.() === 0) {
      chownSync(folder, 65_534, 65_534)
      if (existsSync(join(folder, 'lockdesk.sqlite'))) chownSync(join(folder, 'lockdesk.sqlite'), 65_534, 65_534)
    }
    chmodSync(folder, 0o555)
    undo.push(() => chmodSync(folder, 0o755))
    const { child, lines } = start(tryToOpen)
    await once(child, 'close')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(
      /^DatabaseFault LOCKDESK_DATABASE_URL: \/.* cannot be used as the database: .*(no right|cannot be).*\.$/,
    )
  })
})

describe('the file of another process', () => {
  const hold = `
    const { openDatabase } = await import(${here('open-database.ts')})
    await openDatabase('sqlite:' + process.argv[1])
    console.log('open')
    setInterval(() => {}, 1000)`
  /** As the first release opens its file. */
  const asFirstRelease = `
    const { DatabaseSync } = await import('node:sqlite')
    try {
      const raw = new DatabaseSync(process.argv[1], { timeout: 0 })
      raw.exec('PRAGMA locking_mode = EXCLUSIVE')
      raw.exec('PRAGMA journal_mode = WAL')
      raw.exec('BEGIN IMMEDIATE; COMMIT')
      console.log('open')
      setInterval(() => {}, 1000)
    } catch (error) {
      console.log(error.message)
    }`

  it('is refused, whichever release has it', async () => {
    for (const code of [hold, asFirstRelease]) {
      const { lines, kill } = start(code)
      await expect.poll(() => lines, { timeout: patienceMs }).toEqual(['open'])
      await expect(open()).rejects.toBeInstanceOf(DatabaseInUse)
      await kill()
      await (await open()).close()
    }
  })

  it('is refused to the first release too, and by every name that the file has', async () => {
    const one = await open()
    symlinkSync(join(folder, 'lockdesk.sqlite'), join(folder, 'symbolic'))
    linkSync(join(folder, 'lockdesk.sqlite'), join(folder, 'hard'))
    const older = start(asFirstRelease)
    await expect.poll(() => older.lines, { timeout: patienceMs }).toEqual(['database is locked'])
    for (const name of ['symbolic', 'hard']) {
      const { lines } = start(
        `process.argv[1] = ${JSON.stringify(join(folder, name))}; try {${hold}} catch (error) { console.log(error.name) }`,
      )
      await expect.poll(() => lines, { timeout: patienceMs }).toEqual(['DatabaseInUse'])
    }
    await (await openLedger(one)).recordSetting('it goes on', null)
  })
})

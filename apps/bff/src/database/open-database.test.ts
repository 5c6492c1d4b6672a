import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DatabaseFault, DatabaseInUse } from './database-fault.ts'
import { openDatabase, type OpenedDatabase } from './open-database.ts'

let folder: string
const opened: OpenedDatabase[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockdesk-database-'))
})

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(url: string): Promise<OpenedDatabase> {
  const one = await openDatabase(url, () => 1_764_057_600_000)
  opened.push(one)
  return one
}

const pragma = async ({ database }: OpenedDatabase, name: string) =>
  Object.values((await sql.raw<Record<string, unknown>>(`PRAGMA ${name}`).execute(database)).rows[0] ?? {})[0]

test('every commit is on the disk', async () => {
  const one = await open(`sqlite:${folder}/a.sqlite`)
  expect(await pragma(one, 'journal_mode')).toBe('wal')
  expect(await pragma(one, 'synchronous')).toBe(2)
  expect(await pragma(one, 'foreign_keys')).toBe(1)
})

test('a new folder and a new file can be read by their owner only', async () => {
  await open(`sqlite:${folder}/new/deep/a.sqlite`)
  expect(statSync(`${folder}/new`).mode & 0o777).toBe(0o700)
  expect(statSync(`${folder}/new/deep`).mode & 0o777).toBe(0o700)
  expect(statSync(`${folder}/new/deep/a.sqlite`).mode & 0o777).toBe(0o600)
})

test('an empty file gets every table and a ledger id, which it keeps', async () => {
  const first = await open(`sqlite:${folder}/a.sqlite`)
  const before = await first.database.selectFrom('ledger').selectAll().execute()
  expect(before).toHaveLength(1)
  expect(before[0]?.created_at).toBe(1_764_057_600_000)
  for (const table of [
    'entries',
    'drafts',
    'intents',
    'namespaces',
    'people',
    'passwords',
    'sessions',
    'bindings',
  ] as const)
    expect(await first.database.selectFrom(table).selectAll().execute()).toEqual([])
  await opened.pop()?.close()
  const second = await open(`sqlite:${folder}/a.sqlite`)
  expect(await second.database.selectFrom('ledger').selectAll().execute()).toEqual(before)
})

test('a second process is refused in words, at once, and the first goes on', async () => {
  const one = await open(`sqlite:${folder}/a.sqlite`)
  const said = await openInAnotherProcess(`sqlite:${folder}/a.sqlite`)
  expect(said.name).toBe('DatabaseInUse')
  expect(said.message).toContain('LOCKDESK_DATABASE_URL')
  expect(said.message).toContain('in use by another process')
  await expect(openDatabase(`sqlite:${folder}/a.sqlite`)).rejects.toBeInstanceOf(DatabaseInUse)
  await one.database.insertInto('people').values(person('p1')).execute()
  expect(await one.database.selectFrom('people').select('id').execute()).toEqual([{ id: 'p1' }])
})

test('a lock left by a killed process blocks nobody, and what it committed is there', async () => {
  const code = `
    const { openDatabase } = await import(${JSON.stringify(new URL('open-database.ts', import.meta.url).href)})
    const { database } = await openDatabase(process.argv[1])
    await database.insertInto('people').values({ id: 'p1', name: 'Ada', email: null, origin: 'local', created_at: 1 }).execute()
    console.log('written')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, `sqlite:${folder}/a.sqlite`])
  await new Promise(resolve => child.stdout.once('data', resolve))
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
  const one = await open(`sqlite:${folder}/a.sqlite`)
  expect(await one.database.selectFrom('people').select('id').execute()).toEqual([{ id: 'p1' }])
})

test.each([
  ['a folder that cannot be created', () => '/proc/nope/x.sqlite'],
  ['a folder instead of a file', () => folder],
  ['a file as a part of the path', () => (writeFileSync(`${folder}/file`, ''), `${folder}/file/x.sqlite`)],
  [
    'a file of another kind',
    () => (writeFileSync(`${folder}/text`, 'a text that is no database\n'.repeat(100)), `${folder}/text`),
  ],
])('%s is a sentence that names the setting', async (_, path) => {
  const fault = await openDatabase(`sqlite:${path()}`).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(DatabaseFault)
  expect((fault as DatabaseFault).message).toMatch(/^LOCKDESK_DATABASE_URL: \/.*\.$/)
  expect((fault as DatabaseFault).message).not.toContain('undefined')
})

test('a file written by a newer version is left as it is', async () => {
  const one = await open(`sqlite:${folder}/a.sqlite`)
  await sql`insert into kysely_migration (name, timestamp) values ('9999-future', 'x')`.execute(one.database)
  await opened.pop()?.close()
  await expect(openDatabase(`sqlite:${folder}/a.sqlite`)).rejects.toThrow('newer version of Lockdesk')
  expect(existsSync(`${folder}/a.sqlite`)).toBe(true)
})

test('closing lets go of the file', async () => {
  await open(`sqlite:${folder}/a.sqlite`)
  await opened.pop()?.close()
  await open(`sqlite:${folder}/a.sqlite`)
  expect(existsSync(`${folder}/a.sqlite`)).toBe(true)
})

const person = (id: string) => ({ id, name: 'Ada', email: null, origin: 'local' as const, created_at: 1 })

function openInAnotherProcess(url: string): Promise<{ name: string; message: string }> {
  const code = `
    const { openDatabase } = await import(${JSON.stringify(new URL('open-database.ts', import.meta.url).href)})
    await openDatabase(process.argv[1]).then(
      () => console.log(JSON.stringify({ name: 'opened', message: '' })),
      error => console.log(JSON.stringify({ name: error.name, message: error.message })),
    )`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', chunk => (text += String(chunk)))
    child.once('error', reject)
    child.once('close', () => resolve(JSON.parse(text) as { name: string; message: string }))
  })
}

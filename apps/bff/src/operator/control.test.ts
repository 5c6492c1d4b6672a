import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPasswords } from '../access/passwords.ts'
import { DatabaseInUse } from '../database/database-fault.ts'
import { createLocalStore } from '../database/local-store.ts'
import { openDatabase } from '../database/open-database.ts'
import { createLedger } from '../ledger/create-ledger.ts'
import { lineOf } from '../sink/line-of.ts'
import { askRunning } from './ask-running.ts'
import type { Command } from './command.ts'
import { storeFileOf } from './control-file.ts'
import { startControl } from './control-server.ts'
import { perform } from './perform.ts'
import { runCommand } from './run-command.ts'

const mode = 'live' as const
const now = () => Date.UTC(2026, 10, 25, 8)
const lin: Command = { kind: 'person-add', email: 'Lin@Example.com', name: 'Lin Wei', role: 'editor' }
let folder: string
let file: string
let databaseUrl: string
const undo: (() => Promise<void>)[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockdesk control '))
  file = join(folder, 'lockdesk.sqlite')
  databaseUrl = `sqlite:${file}`
  undo.push(() => rm(folder, { recursive: true }))
})
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
})

/** Owns the store as the running server does. */
async function startOwner() {
  const { database, close } = await openDatabase(databaseUrl, now)
  const ledger = await createLedger({ database, store: createLocalStore(database, now) })
  const rooms = { mode, database, ledger, passwords: createPasswords(), now }
  const stop = await startControl(folder, command => perform(rooms, command))
  undo.push(async () => {
    await stop()
    await close()
  })
  return rooms
}

const control = async () => JSON.parse(await readFile(join(folder, 'control.json'), 'utf8'))

describe('an operator’s command', () => {
  it('adds a person while Lockdesk does not run', async () => {
    const added = await runCommand(lin, { mode, databaseUrl, now })
    expect(added.isWell).toBe(true)
    expect(added.lines.join('\n')).toMatch(/One-time password: ([a-z2-9]{5}-){3}[a-z2-9]{5}/)
    const listed = await runCommand({ kind: 'person-list' }, { mode, databaseUrl, now })
    expect(listed.lines).toEqual(['lin@example.com  Lin Wei  editor of */*  (one-time password not changed yet)'])
  })

  it('adds a person while Lockdesk runs and owns the file', async () => {
    const { database } = await startOwner()
    const added = await runCommand(lin, { mode, databaseUrl, now })
    expect(added.isWell).toBe(true)
    const people = await database.selectFrom('people').select('email').execute()
    expect(people).toEqual([{ email: 'lin@example.com' }])
  })

  it('adds nobody to the demo, which has people of its own', async () => {
    const added = await runCommand(lin, { mode: 'demo', databaseUrl, now })
    expect(added).toEqual({ isWell: false, lines: [expect.stringContaining('its own three people')] })
  })

  it('writes into the ledger who was given which right, by id alone', async () => {
    const { ledger, database } = await startOwner()
    await runCommand(lin, { mode, databaseUrl, now })
    const { id } = await database.selectFrom('people').select('id').executeTakeFirstOrThrow()
    const [entry, ...others] = await database.selectFrom('entries').selectAll().execute()
    expect(others).toEqual([])
    expect(entry).toMatchObject({ kind: 'setting', reason: expect.stringContaining(id) })
    expect(JSON.stringify(entry)).not.toMatch(/lin/i)
    expect(await ledger.verify()).toMatchObject({ ok: true, entries: 1 })
  })

  it('does not add one address twice, however it is spelled', async () => {
    await runCommand(lin, { mode, databaseUrl, now })
    const again = await runCommand({ ...lin, email: 'LIN@example.com' }, { mode, databaseUrl, now })
    expect(again).toEqual({ isWell: false, lines: [expect.stringContaining('has an account already')] })
  })

  it('prints a witness, and holds the ledger against what was kept of it', async () => {
    const secret = 'a secret of thirty-two characters'
    await runCommand(lin, { mode, databaseUrl, now, secret })
    const { lines } = await runCommand({ kind: 'verify' }, { mode, databaseUrl, now, secret })
    const witness = join(folder, 'witness')
    expect(lines.at(-1)).toMatch(/^witness \S+ 1 [0-9a-f]{64} [\w-]{86}$/)
    await writeFile(witness, `# kept on Monday\n${lines.at(-1)}\n`)
    const again = () => runCommand({ kind: 'verify', witnessFile: witness }, { mode, databaseUrl, now, secret })
    expect(await again()).toMatchObject({ isWell: true })
    await startOwner()
    expect(await again()).toMatchObject({ isWell: true })
    await writeFile(witness, lines.at(-1)?.replace(/ 1 /, ' 2 ') ?? '')
    expect(await again()).toMatchObject({
      isWell: false,
      lines: expect.arrayContaining([expect.stringMatching(/knows a checkpoint at entry 2/)]),
    })
    await writeFile(witness, 'nonsense')
    expect(await again()).toMatchObject({ isWell: false, lines: [expect.stringMatching(/line 1 of the witness file/)] })
    await expect(
      runCommand({ kind: 'verify', witnessFile: 'nowhere' }, { mode, databaseUrl, now, folder }),
    ).rejects.toThrow(/nowhere cannot be read \(ENOENT\)/)
  })

  it('walks a file that was exported, without any store', async () => {
    const file = join(folder, 'export.jsonl')
    const { ledger, database } = await startOwner()
    await ledger.recordSetting('one', null)
    await ledger.recordSetting('two', null)
    const entries = await database.selectFrom('entries').selectAll().orderBy('number').execute()
    await writeFile(file, entries.map(entry => lineOf(entry, ledger.id, () => false)).join(''))
    const nowhere = { mode, databaseUrl: `sqlite:${join(folder, 'no', 'where')}`, now, folder }
    const checked = await runCommand({ kind: 'verify-file', file: 'export.jsonl' }, nowhere)
    expect(checked).toMatchObject({
      isWell: true,
      lines: expect.arrayContaining([expect.stringContaining('2 rows, from entry 1 to 2')]),
    })
    await writeFile(file, (await readFile(file, 'utf8')).replace('"two"', '"2"'))
    expect(await runCommand({ kind: 'verify-file', file }, nowhere)).toMatchObject({ isWell: false })
    await expect(runCommand({ kind: 'verify-file', file: 'nowhere' }, nowhere)).rejects.toThrow(/ENOENT/)
  })

  it('walks the ledger, and is not well where an entry does not fit', async () => {
    await runCommand(lin, { mode, databaseUrl, now })
    expect(await runCommand({ kind: 'verify' }, { mode, databaseUrl, now })).toMatchObject({ isWell: true })
    const { database } = await startOwner()
    expect(await runCommand({ kind: 'verify' }, { mode, databaseUrl, now })).toMatchObject({ isWell: true })
    await sql`drop trigger entries_no_update`.execute(database)
    await database.updateTable('entries').set({ reason: 'person p0 was added as admin of */*' }).execute()
    expect(await runCommand({ kind: 'verify' }, { mode, databaseUrl, now })).toEqual({
      isWell: false,
      lines: ['1 entry: entry 1 is the first that something is wrong with.', 'Entry 1 does not fit behind nothing.'],
    })
  })
})

describe('the way to the running process', () => {
  it('is a file that only its owner can read, and is gone after the close', async () => {
    await startOwner()
    const { mode } = await stat(join(folder, 'control.json'))
    expect(mode & 0o777).toBe(0o600)
    await undo.pop()?.()
    await expect(stat(join(folder, 'control.json'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('is closed to whoever does not have the token', async () => {
    const { database } = await startOwner()
    const { port, token } = await control()
    for (const authorization of ['', 'Bearer ', 'Bearer x', `Bearer ${token}x`, token]) {
      const answer = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify(lin),
      })
      expect(answer.status).toBe(401)
    }
    expect(await database.selectFrom('people').selectAll().execute()).toEqual([])
  })

  it('takes no command that is none', async () => {
    await startOwner()
    const { port, token } = await control()
    const send = (body: string) =>
      fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body })
    expect((await send('{')).status).toBe(400)
    expect((await send('{"kind":"drop"}')).status).toBe(400)
    expect((await send('x'.repeat(20_000))).status).toBe(400)
  })

  it('that a killed process left behind does no harm', async () => {
    await writeFile(join(folder, 'control.json'), JSON.stringify({ port: 1, token: 'old', store: file }))
    expect((await runCommand(lin, { mode, databaseUrl, now })).isWell).toBe(true)
    await writeFile(join(folder, 'control.json'), '{"port":')
    expect((await runCommand({ kind: 'verify' }, { mode, databaseUrl, now })).isWell).toBe(true)
  })

  it('that leads to another Lockdesk now is not taken for ours, and stays that one’s', async () => {
    const { database } = await startOwner()
    const { port, token, store } = await control()
    await writeFile(join(folder, 'control.json'), JSON.stringify({ port, token: 'of an older process', store }))
    expect(await askRunning(file, lin)).toBeNull()
    expect(await database.selectFrom('people').selectAll().execute()).toEqual([])
    await writeFile(join(folder, 'control.json'), JSON.stringify({ port, token, store }))
  })

  it('that leads to a program now that says nothing, or says anything, holds nobody up', async () => {
    const received: string[] = []
    const listen = async (answer: string) => {
      const server = createServer(socket => {
        socket.on('data', part => {
          received.push(part.toString())
          if (answer) socket.end(answer)
        })
        socket.on('error', () => {})
      })
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      undo.push(async () => void server.close())
      return (server.address() as AddressInfo).port
    }
    const json = '{"proof":"","lines":["done"],"isWell":true}'
    for (const answer of [
      '',
      'SSH-2.0-OpenSSH\r\n',
      `HTTP/1.1 200 OK\r\ncontent-length: ${json.length}\r\n\r\n${json}`,
    ]) {
      const port = await listen(answer)
      await writeFile(join(folder, 'control.json'), JSON.stringify({ port, token: 'the old token', store: file }))
      expect(await runCommand({ kind: 'person-list' }, { mode, databaseUrl, now })).toEqual({
        isWell: true,
        lines: ['Nobody has an account yet.'],
      })
    }
    expect(received).toHaveLength(3)
    expect(received.join('')).not.toContain('the old token')
  })

  it('is for one store: a command for another in the same folder is done in that one', async () => {
    const { database } = await startOwner()
    const other = `sqlite:${join(folder, 'other.sqlite')}`
    expect((await runCommand(lin, { mode, databaseUrl: other, now })).isWell).toBe(true)
    expect(await database.selectFrom('people').selectAll().execute()).toEqual([])
    const listed = await runCommand({ kind: 'person-list' }, { mode, databaseUrl: other, now })
    expect(listed.lines).toEqual([expect.stringContaining('lin@example.com')])
  })

  it('is for one store: a command for another that a process has is refused in words', async () => {
    const other = `sqlite:${join(folder, 'other.sqlite')}`
    const taken = await openDatabase(other, now)
    undo.push(taken.close)
    const { database } = await startOwner()
    await expect(runCommand(lin, { mode, databaseUrl: other, now })).rejects.toThrow(DatabaseInUse)
    expect(await database.selectFrom('people').selectAll().execute()).toEqual([])
  })

  it('is found by whatever name the store is called', async () => {
    const { database } = await startOwner()
    const link = join(folder, 'link.sqlite')
    await symlink(file, link)
    expect((await runCommand(lin, { mode, databaseUrl: `sqlite:${link}`, now })).isWell).toBe(true)
    expect(await database.selectFrom('people').select('email').execute()).toHaveLength(1)
  })
})

describe('the store', () => {
  it('is a file, or in memory and nobody’s to ask', () => {
    expect(storeFileOf('sqlite:/var/lib/lockdesk/db.sqlite')).toBe('/var/lib/lockdesk/db.sqlite')
    expect(storeFileOf('sqlite::memory:')).toBeNull()
  })
})

import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { disarm } from '../../fixtures/tampering.ts'
import { sealedLedger } from '../../fixtures/tamper-trials.ts'
import { createPasswords } from '../access/passwords.ts'
import { openDatabase } from '../database/open-database.ts'
import { checkLedger } from '../ledger/check-ledger.ts'
import { openLedger } from '../ledger/open-ledger.ts'
import { createSigner } from '../ledger/signer.ts'
import { startControl } from './control-server.ts'
import { perform } from './perform.ts'
import { runCommand } from './run-command.ts'

const secret = 'a secret of thirty-two characters'
const signer = createSigner(secret)
const mode = 'live' as const
const now = Date.now
const [, postgres] = bothStores()
if (!postgres) throw new Error('there is one store only')

let folder: string
let from: string
let databaseUrl: string
let target: OpenStore
const undo: (() => unknown)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockdesk-copy-'))
  undo.push(() => rm(folder, { recursive: true }))
  from = join(folder, 'lockdesk.sqlite')
  databaseUrl = `sqlite:${from}`
  const { database, store, close } = await openLedger({ url: databaseUrl, secret: () => secret })
  await sealedLedger({ database, store }, signer)
  await database
    .insertInto('people')
    .values({ id: 'p1', name: '林 "Lin" Wei', email: 'lin@example.com', origin: 'local', created_at: 1 })
    .execute()
  await database
    .insertInto('bindings')
    .values({ person_id: 'p1', workspace: '*', namespace: '*', role: 'admin' })
    .execute()
  await close()
})
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
})

const copy = (to: string) => runCommand({ kind: 'copy', to }, { mode, databaseUrl, secret, now, folder })
const emptyPostgres = async () => {
  target = await postgres.open()
  undo.push(() => target.close())
  return target
}
const tablesOf = async (url: string) => {
  const { database, close } = await openDatabase(url)
  const rows = {
    entries: await database.selectFrom('entries').selectAll().orderBy('number').execute(),
    checkpoints: await database.selectFrom('checkpoints').selectAll().orderBy('number').execute(),
    drafts: await database.selectFrom('drafts').selectAll().orderBy('draft_id').execute(),
    holds: await database.selectFrom('holds').selectAll().orderBy('opened').execute(),
    people: await database.selectFrom('people').selectAll().execute(),
    bindings: await database.selectFrom('bindings').selectAll().execute(),
  }
  await close()
  return rows
}

describe('copying a ledger into PostgreSQL', () => {
  it('copies everything while Lockdesk does not run, and leaves nothing beside the old one', async () => {
    const { url, database } = await emptyPostgres()
    const done = await copy(url)
    expect(done).toMatchObject({
      isWell: true,
      lines: expect.arrayContaining([expect.stringMatching(/^Copied \d+ rows of \d+ tables: 325 entries/)]),
    })
    expect(await tablesOf(url)).toEqual(await tablesOf(databaseUrl))
    expect(await checkLedger(database, { key: signer })).toEqual([])
    expect((await readdir(folder)).filter(name => name.includes('copy'))).toEqual([])
  })

  it('goes on there with its numbers, and by another id than the old one', async () => {
    const { url } = await emptyPostgres()
    await copy(url)
    const before = await openLedger({ url: databaseUrl, secret: () => secret })
    await before.close()
    expect(before.isNewLife).toBe(false)
    const opened = await openLedger({ url, secret: () => secret })
    undo.push(opened.close)
    expect(opened.ledger.id).not.toBe(before.ledger.id)
    expect((await opened.ledger.recordSetting('moved', null)).number).toBe(326)
    expect(await opened.ledger.verify()).toMatchObject({ ok: true, entries: 326 })
  })

  it('copies what was there at one moment while Lockdesk runs and writes', async () => {
    const { url } = await emptyPostgres()
    const { ledger } = await running()
    let isCopied = false
    const copied = copy(url).finally(() => (isCopied = true))
    let written = 0
    while (!isCopied) written = (await ledger.recordSetting('meanwhile', null)).number
    expect(await copied).toMatchObject({ isWell: true })
    const { entries } = await tablesOf(url)
    expect(entries.length).toBeGreaterThanOrEqual(325)
    expect(entries.length).toBeLessThan(written)
  })

  it('leaves a target alone that has something in it', async () => {
    const { url, database } = await emptyPostgres()
    await database
      .insertInto('people')
      .values({ id: 'x', name: 'X', email: null, origin: 'local', created_at: 1 })
      .execute()
    const [ledger] = await database.selectFrom('ledger').selectAll().execute()
    expect(await copy(url)).toEqual({
      isWell: false,
      lines: [expect.stringMatching(/left as it was: it holds data .* \(in the table people\)/)],
    })
    expect(await database.selectFrom('ledger').selectAll().execute()).toEqual([ledger])
    expect(await database.selectFrom('entries').selectAll().execute()).toEqual([])
  })

  it('copies no ledger that does not verify', async () => {
    const { url, database } = await emptyPostgres()
    const source = await openDatabase(databaseUrl)
    await disarm(source.database, 'sqlite')
    await source.database.updateTable('entries').set({ to_name: 'somebody else' }).where('number', '=', 7).execute()
    await source.close()
    const done = await copy(url)
    expect(done).toMatchObject({ isWell: false, lines: expect.arrayContaining(['Nothing was copied.']) })
    expect(await database.selectFrom('entries').selectAll().execute()).toEqual([])
  })

  it('says in words what stands in the way', async () => {
    const gone = 'postgres://lockdesk:secret-word@127.0.0.1:1/lockdesk'
    const { isWell, lines } = await copy(gone)
    expect({ isWell, said: lines.join() }).toEqual({
      isWell: false,
      said: expect.stringMatching(/^--to: the PostgreSQL at 127.0.0.1:1 cannot be used: nothing listens there/),
    })
    expect(lines.join()).not.toContain('secret-word')
    const words = { kind: 'copy', from: 'sqlite:nowhere', to: gone } as const
    expect((await runCommand(words, { mode, databaseUrl, secret, now, folder })).lines.join()).toContain(
      'There is no store at',
    )
    expect((await runCommand({ ...words, from: gone }, { mode, databaseUrl, now })).lines.join()).toContain('pg_dump')
  })
})

describe('a backup', () => {
  it('is one whole file, made while Lockdesk runs or not, which is a ledger of its own', async () => {
    const [first, second] = [join(folder, 'backup', '1.sqlite'), join(folder, '2.sqlite')]
    expect(await copy(`sqlite:${second}`)).toMatchObject({ isWell: true })
    const { ledger } = await running()
    await ledger.recordSetting('later', null)
    await mkdir(join(folder, 'backup'))
    expect(await copy('sqlite:backup/1.sqlite')).toMatchObject({
      isWell: true,
      lines: expect.arrayContaining([expect.stringContaining('326 entries')]),
    })
    expect(await readdir(join(folder, 'backup'))).toEqual(['1.sqlite'])
    for (const file of [first, second]) {
      const opened = await openLedger({ url: `sqlite:${file}`, secret: () => secret })
      expect(await opened.ledger.verify()).toMatchObject({ ok: true })
      expect(opened.isNewLife).toBe(true)
      await opened.close()
    }
  })

  it('overwrites nothing', async () => {
    const file = join(folder, 'there.sqlite')
    await writeFile(file, 'something')
    expect(await copy(`sqlite:${file}`)).toEqual({
      isWell: false,
      lines: [expect.stringContaining('is there already')],
    })
    expect(await copy(databaseUrl)).toMatchObject({ isWell: false })
  })
})

/** Owns the store as the running server does. */
async function running() {
  const opened = await openLedger({ url: databaseUrl, secret: () => secret })
  const { database, ledger, backupTo } = opened
  const rooms = { mode, database, ledger, passwords: createPasswords(), now, ...(backupTo && { backupTo }) }
  const stop = await startControl(folder, command => perform(rooms, command))
  undo.push(async () => {
    await stop()
    await opened.close()
  })
  return opened
}

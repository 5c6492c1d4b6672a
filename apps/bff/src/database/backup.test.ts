import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLedger } from '../ledger/create-ledger.ts'
import { BackupFault } from './backup-fault.ts'
import { type OpenedDatabase, openDatabase } from './open-database.ts'

let folder: string
let one: OpenedDatabase
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockdesk-backup-'))
  one = await openDatabase(`sqlite:${folder}/lockdesk.sqlite`)
})
afterEach(async () => {
  await one.close()
  rmSync(folder, { recursive: true, force: true })
})

const openLedger = async ({ database, openStore }: OpenedDatabase) =>
  createLedger({ database, store: await openStore() })
const backUp = (path: string) => one.backupTo?.(path) ?? Promise.reject(new Error('there is no way to back it up'))

test('is whole, while everybody goes on reading and writing', { timeout: 30_000 }, async () => {
  const ledger = await openLedger(one)
  const state = { isDone: false, written: 0 }
  const writing = (async () => {
    while (!state.isDone) {
      await ledger.recordSetting(`setting ${state.written + 1}`, null)
      state.written += 1
    }
  })()
  await expect.poll(() => state.written, { timeout: 10_000 }).toBeGreaterThan(20)
  const before = state.written
  await backUp(`${folder}/copy.sqlite`)
  const after = state.written
  await expect.poll(() => state.written, { timeout: 10_000 }).toBeGreaterThan(after)
  state.isDone = true
  await writing

  expect(statSync(`${folder}/copy.sqlite`).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder).filter(name => name.startsWith('copy'))).toEqual(['copy.sqlite'])
  const copy = await openDatabase(`sqlite:${folder}/copy.sqlite`)
  try {
    const copied = await openLedger(copy)
    const { ok, entries } = await copied.verify()
    expect(ok).toBe(true)
    expect(entries).toBeGreaterThanOrEqual(before)
    expect(entries).toBeLessThanOrEqual(after + 1)
    // It is a store of its own: both go on.
    await copied.recordSetting('in the copy', null)
  } finally {
    await copy.close()
  }
  expect(await ledger.verify()).toMatchObject({ ok: true, entries: state.written })
})

test('overwrites nothing', async () => {
  writeFileSync(`${folder}/there`, 'something of somebody')
  const fault = await backUp(`${folder}/there`).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(BackupFault)
  expect((fault as Error).message).toBe(
    `${folder}/there is there already, and a backup overwrites nothing. Name a file that is not there.`,
  )
  await expect(backUp(`${folder}/lockdesk.sqlite`)).rejects.toThrow('there already')
  expect(statSync(`${folder}/there`).size).toBe(21)
})

test.each([
  ['a folder that is not there', () => `${folder}/nowhere/copy.sqlite`, 'the folder does not exist'],
  ['a file as a folder', () => (writeFileSync(`${folder}/file`, ''), `${folder}/file/copy.sqlite`), 'is a file'],
])('%s is told in words, and the store goes on', async (_, path, words) => {
  await expect(backUp(path())).rejects.toThrow(words)
  await openLedger(one).then(ledger => ledger.recordSetting('afterwards', null))
})

test('of a store in memory there is none', async () => {
  const inMemory = await openDatabase('sqlite::memory:')
  expect(inMemory.backupTo).toBeUndefined()
  await inMemory.close()
})

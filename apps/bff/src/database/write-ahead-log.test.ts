import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepLogShort } from './write-ahead-log.ts'

const patienceMs = 5_000
let folder: string
let file: string
let raw: DatabaseSync
let reader: DatabaseSync

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockdesk-log-'))
  file = join(folder, 'a.sqlite')
  raw = new DatabaseSync(file)
  raw.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE notes (text text)')
  reader = new DatabaseSync(file, { readOnly: true })
})
afterEach(() => {
  reader.close()
  raw.close()
  rmSync(folder, { recursive: true })
})

const logBytes = () => statSync(`${file}-wal`).size
const begin = () => reader.exec('BEGIN; SELECT count(*) FROM notes')

/** As many commits as lie between two looks, each followed by what is to be called behind it. */
function commit(afterCommit: () => void, bytes: number): void {
  const insert = raw.prepare('INSERT INTO notes VALUES (?)')
  for (let n = 0; n < 64; n++) {
    insert.run('x'.repeat(bytes))
    afterCommit()
  }
}

test('a log that grew while somebody read gives its room back, and a reader that stays is not waited for without end', () => {
  const afterCommit = keepLogShort(raw, file, patienceMs)
  begin()
  commit(afterCommit, 600_000)
  const grown = logBytes()
  expect(grown).toBeGreaterThan(32 * 1024 * 1024)
  expect(raw.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: patienceMs })
  reader.exec('COMMIT')
  commit(afterCommit, 10)
  expect(logBytes()).toBe(0)
  expect(raw.prepare('SELECT count(*) AS n FROM notes').get()).toEqual({ n: 128 })
})

test('a short log is left alone', () => {
  const afterCommit = keepLogShort(raw, file, patienceMs)
  commit(afterCommit, 10)
  expect(logBytes()).toBeGreaterThan(0)
})

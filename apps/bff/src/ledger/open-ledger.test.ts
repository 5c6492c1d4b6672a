import { cp, copyFile, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../database/open-database.ts'
import { openExisting } from '../database/open-existing.ts'
import { headFileOf } from './head-file.ts'
import { type OpenedLedger, openLedger } from './open-ledger.ts'

let root: string
let folder: string
let file: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lockdesk-life-'))
  folder = join(root, 'live')
  file = join(folder, 'lockdesk.sqlite')
})
afterEach(() => rm(root, { recursive: true }))

const open = () => openLedger({ url: `sqlite:${file}`, secret: () => 'a secret of thirty-two characters' })

/** Opens it, does something with it, and closes it in order. @returns its id while it was open */
async function session(work: (opened: OpenedLedger) => Promise<unknown> = async () => {}): Promise<string> {
  const opened = await open()
  await work(opened)
  await opened.close()
  return opened.ledger.id
}

const write = async ({ ledger }: OpenedLedger) => {
  await ledger.recordSetting('somebody changed something', null)
}

/** As kill -9 leaves it: all that was committed, and the head as it was written last, a moment before. */
async function killed(): Promise<string> {
  const opened = await open()
  await write(opened)
  await vi.waitFor(
    async () =>
      expect(JSON.parse(await readFile(headFileOf(file), 'utf8'))).toMatchObject({
        number: await opened.ledger.head(),
      }),
    5_000,
  )
  await write(opened)
  const left = await readFile(headFileOf(file))
  await opened.close()
  await writeFile(headFileOf(file), left)
  return opened.ledger.id
}

describe('the id of a ledger in a file', () => {
  it('stays over restarts, whatever was written, and whoever only looked', async () => {
    const id = await session(write)
    expect(await session(write)).toBe(id)
    const looked = await openExisting(`sqlite:${file}`)
    await looked?.database.selectFrom('entries').selectAll().execute()
    await looked?.close()
    expect(await session()).toBe(id)
  })

  it('stays after kill -9, also where the head was not written for the last commits', async () => {
    const id = await killed()
    expect(await session()).toBe(id)
  })

  it('stays while the file is read, or only its time of reading changes', async () => {
    const id = await session(write)
    await readFile(file)
    await rename(folder, `${folder} moved`)
    await rename(`${folder} moved`, folder)
    expect(await session()).toBe(id)
  })

  const restores: [string, () => Promise<unknown>][] = [
    [
      'the folder was put back',
      async () => {
        await rm(folder, { recursive: true })
        await cp(join(root, 'backup'), folder, { recursive: true, preserveTimestamps: true })
      },
    ],
    [
      'its files were copied over the present ones',
      () => cp(join(root, 'backup'), folder, { recursive: true, force: true, preserveTimestamps: true }),
    ],
    ['the database alone was put back', () => copyFile(join(root, 'backup', 'lockdesk.sqlite'), file)],
    [
      'the database was put back with its old times',
      async () => {
        await copyFile(join(root, 'backup', 'lockdesk.sqlite'), file)
        await utimes(file, 1, 1)
      },
    ],
    [
      'the database was put back and the head was deleted',
      async () => {
        await copyFile(join(root, 'backup', 'lockdesk.sqlite'), file)
        await rm(headFileOf(file))
      },
    ],
  ]
  it.each(restores)('is another one where %s, and once only', async (_, restore) => {
    const id = await session(write)
    await cp(folder, join(root, 'backup'), { recursive: true, preserveTimestamps: true })
    expect(await session(write)).toBe(id)
    await restore()
    const next = await session(async opened => {
      expect(opened.isNewLife).toBe(true)
      expect(await opened.ledger.verify()).toMatchObject({ ok: true, entries: 1 })
      await write(opened)
    })
    expect(next).not.toBe(id)
    expect(await session(write)).toBe(next)
    const { database, close } = await openDatabase(`sqlite:${file}`)
    expect(await database.selectFrom('ledger_lives').select(['ledger_id', 'after_number', 'why']).execute()).toEqual([
      { ledger_id: id, after_number: 0, why: 'created' },
      { ledger_id: next, after_number: 1, why: 'restored' },
    ])
    await close()
  })

  it('is another one where a backup was put back that stands behind, after kill -9', async () => {
    await session(write)
    await cp(file, join(root, 'backup.sqlite'))
    const id = await killed()
    await copyFile(join(root, 'backup.sqlite'), file)
    expect(await session()).not.toBe(id)
  })

  it('is checked by its checkpoints over all its lives', async () => {
    await session(write)
    await cp(folder, join(root, 'backup'), { recursive: true })
    await rm(folder, { recursive: true })
    await cp(join(root, 'backup'), folder, { recursive: true })
    await session(write)
    await session(async ({ ledger, database }) => {
      expect(await ledger.verify()).toMatchObject({ ok: true, entries: 2, checkpoints: 2, unsealed: 0 })
      const ids = await database.selectFrom('checkpoints').select('ledger_id').distinct().execute()
      expect(ids).toHaveLength(2)
    })
  })
})

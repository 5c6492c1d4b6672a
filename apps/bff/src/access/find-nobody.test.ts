import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenedDatabase, openDatabase } from '../database/open-database.ts'
import { findNobody, nobody } from './find-nobody.ts'

let folder: string
let store: string
const opened: OpenedDatabase[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockdesk nobody '))
  store = join(folder, 'lock desk?#%41.sqlite')
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  await rm(folder, { recursive: true })
})

const live = { LOCKDESK_WORKSPACE: 'a14bd5d90a1234' }
const find = (path = store) => findNobody({ ...live, LOCKDESK_DATABASE_URL: `sqlite:${path}` }, {})

async function open(): Promise<OpenedDatabase> {
  const one = await openDatabase(`sqlite:${store}`)
  opened.push(one)
  return one
}

async function add({ database }: OpenedDatabase, origin: 'local' | 'demo'): Promise<void> {
  const person = { id: `of-${origin}`, name: 'Wei', email: `${origin}@example.com`, origin, created_at: 1 }
  await database.insertInto('people').values(person).execute()
}

async function close(): Promise<void> {
  await opened.pop()?.close()
}

describe('that nobody could sign in is found out', () => {
  it('where there is no store, and none is made', async () => {
    expect(await find()).toEqual([nobody])
    expect(await find(join(folder, 'deep', 'down', 'x.sqlite'))).toEqual([nobody])
    expect(await findNobody(live, { dataFolder: join(folder, 'data') })).toEqual([nobody])
    expect(await readdir(folder)).toEqual([])
  })

  it('where the store is in memory', async () => {
    expect(await find(':memory:')).toEqual([nobody])
  })

  it('where the file is empty, and stays so', async () => {
    await writeFile(store, '')
    expect(await find()).toEqual([nobody])
    expect(await readdir(folder)).toEqual(['lock desk?#%41.sqlite'])
  })

  it('where there are people of the demo alone', async () => {
    await add(await open(), 'demo')
    await close()
    expect(await find()).toEqual([nobody])
    expect(await readdir(folder)).toEqual(['lock desk?#%41.sqlite', 'lock desk?#%41.sqlite-owner'])
  })
})

describe('nothing is found', () => {
  it('where there is an account', async () => {
    await add(await open(), 'local')
    await close()
    expect(await find()).toEqual([])
    expect(await readdir(folder)).toEqual(['lock desk?#%41.sqlite', 'lock desk?#%41.sqlite-owner'])
  })

  it('where a killed process left the account beside the file', async () => {
    await add(await open(), 'local')
    const left = join(folder, 'left')
    await mkdir(left)
    for (const name of await readdir(folder)) if (name !== 'left') await cp(join(folder, name), join(left, name))
    expect(await find(join(left, 'lock desk?#%41.sqlite'))).toEqual([])
  })

  it('where a process owns the file: it is left in peace', async () => {
    const one = await open()
    expect(await find()).toEqual([])
    await add(one, 'local')
  })

  it('where the file is no store, or a folder', async () => {
    await writeFile(store, 'a text that is no database\n'.repeat(100))
    expect(await find()).toEqual([])
    expect(await find(folder)).toEqual([])
  })

  it('where the store is no file', async () => {
    for (const url of ['mysql://x', 'postgres://lockdesk@127.0.0.1:1/lockdesk'])
      expect(await findNobody({ ...live, LOCKDESK_DATABASE_URL: url }, {})).toEqual([])
  })

  it.each([
    ['both are named', { LOCKDESK_ADMIN_EMAIL: 'lin@example.com', LOCKDESK_ADMIN_PASSWORD: 'a long password' }],
    ['one is named, which is a fault of its own', { LOCKDESK_ADMIN_PASSWORD: 'a long password' }],
  ])('where %s', async (_, admin) => {
    expect(await findNobody({ ...live, ...admin, LOCKDESK_DATABASE_URL: `sqlite:${store}` }, {})).toEqual([])
  })

  it('in the demo', async () => {
    expect(await findNobody({ LOCKDESK_DATABASE_URL: `sqlite:${store}` }, {})).toEqual([])
  })
})

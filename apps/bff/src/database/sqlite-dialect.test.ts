import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleEntry } from '../../fixtures/sample-entry.ts'
import { openDatabase, type OpenedDatabase } from './open-database.ts'

let one: OpenedDatabase

beforeEach(async () => {
  one = await openDatabase('sqlite::memory:')
})

afterEach(() => one.close())

const person = (id: string) => ({ id, name: 'Ada', email: null, origin: 'local' as const, created_at: 1 })

test.each([
  ['a Date in first place', new Date(0)],
  ['undefined', undefined],
  ['a boolean', true],
  ['an object', { id: 'x' }],
  ['a list', ['x']],
  ['NaN', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['half of a surrogate pair', 'a\ud800b'],
  ['a NUL character', 'a\0b'],
])('%s is refused, not stored as something else', async (_, value) => {
  await expect(
    sql`insert into people (id, name, email, origin, created_at) values (${value}, 'n', null, 'local', 1)`.execute(
      one.database,
    ),
  ).rejects.toThrow('not a value for the store')
  expect(await one.database.selectFrom('people').selectAll().execute()).toEqual([])
})

test('a text in a column of numbers is refused', async () => {
  await expect(
    one.database
      .insertInto('people')
      .values({ ...person('a'), created_at: 'yesterday' as never })
      .execute(),
  ).rejects.toThrow('cannot store TEXT value in INTEGER column')
})

test('texts and times come back as they went in', async () => {
  const stored = { ...person('支付对账·𠮷🚀'), name: `'; drop table people; --`, created_at: 1_764_057_600_123 }
  await one.database.insertInto('people').values(stored).execute()
  expect(await one.database.selectFrom('people').selectAll().execute()).toEqual([stored])
})

test('a transaction that throws leaves nothing behind, and the next one works', async () => {
  const failed = one.database.transaction().execute(async tx => {
    await tx.insertInto('people').values(person('a')).execute()
    throw new Error('stop here')
  })
  await expect(failed).rejects.toThrow('stop here')
  expect(await one.database.selectFrom('people').selectAll().execute()).toEqual([])
  await one.database.transaction().execute(tx => tx.insertInto('people').values(person('b')).execute())
  expect(await one.database.selectFrom('people').select('id').execute()).toEqual([{ id: 'b' }])
})

test('where the store rolls back by itself, its own reason is told', async () => {
  await sql`create table once (id text primary key on conflict rollback) strict`.execute(one.database)
  const failed = one.database.transaction().execute(async tx => {
    await sql`insert into once values ('a')`.execute(tx)
    await sql`insert into once values ('a')`.execute(tx)
  })
  await expect(failed).rejects.toThrow('UNIQUE constraint failed')
})

test('a statement goes on to work after the schema has changed', async () => {
  await sql`create table shape (id text) strict`.execute(one.database)
  const all = () => sql`select * from shape`.execute(one.database)
  await sql`insert into shape values ('a')`.execute(one.database)
  expect((await all()).rows).toEqual([{ id: 'a' }])
  await sql`alter table shape add column more text`.execute(one.database)
  expect((await all()).rows).toEqual([{ id: 'a', more: null }])
})

test('more different statements than are kept all answer', async () => {
  for (let n = 0; n < 600; n++)
    expect((await sql.raw<{ n: number }>(`select ${n} as n`).execute(one.database)).rows).toEqual([{ n }])
})

test('entries can be added, and neither changed, deleted nor replaced', async () => {
  const entry = sampleEntry(1, { to_id: '71' })
  await one.database.insertInto('entries').values(entry).execute()
  await expect(one.database.updateTable('entries').set({ to_id: '72' }).execute()).rejects.toThrow('append-only')
  await expect(one.database.deleteFrom('entries').execute()).rejects.toThrow('append-only')
  await expect(
    one.database
      .replaceInto('entries')
      .values({ ...entry, to_id: '72' })
      .execute(),
  ).rejects.toThrow('append-only')
  expect(await one.database.selectFrom('entries').selectAll().execute()).toEqual([entry])
})

test('what belongs to a person goes with the person', async () => {
  await one.database.insertInto('people').values(person('a')).execute()
  await one.database
    .insertInto('bindings')
    .values({ person_id: 'a', workspace: '*', namespace: '*', role: 'viewer' })
    .execute()
  await one.database.deleteFrom('people').execute()
  expect(await one.database.selectFrom('bindings').selectAll().execute()).toEqual([])
})

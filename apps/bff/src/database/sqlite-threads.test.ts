import { mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Generated, Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openSqlite } from './open-sqlite.ts'
import { nodeSqliteDialect } from './sqlite-dialect.ts'
import { openThreads } from './sqlite-threads.ts'
import { type SqliteThread, startThread } from './start-thread.ts'
import { isStoreFault } from './store-fault.ts'
import { threadsDialect } from './threads-dialect.ts'

interface Tables {
  notes: { id: Generated<number>; text: string }
}
type Notes = Kysely<Tables>

// What is long here is long by its work, whatever else the machine does.
vi.setConfig({ testTimeout: 60_000 })

let folder: string
const undo: (() => Promise<unknown>)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockdesk-threads-'))
})
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
  rmSync(folder, { recursive: true, force: true })
})

async function openNotes(): Promise<Notes> {
  const { dialect, close } = await openSqlite(join(folder, 'a.sqlite'))
  undo.push(close)
  return withTable(new Kysely<Tables>({ dialect }))
}

async function withTable(database: Notes): Promise<Notes> {
  await sql`create table notes (id integer primary key, text text not null unique) strict`.execute(database)
  return database
}

const write = (database: Notes, text: string) => database.insertInto('notes').values({ text }).execute()
const texts = async (database: Notes) =>
  (await database.selectFrom('notes').select('text').orderBy('id').execute()).map(row => row.text)

/** A select that keeps its thread busy for as long as it takes to count. */
async function countTo(database: Notes, last: number): Promise<number | undefined> {
  const counted = await database
    .withRecursive('counter(n)', db =>
      db.selectNoFrom(sql<number>`1`.as('n')).unionAll(
        db
          .selectFrom('counter')
          .select(sql<number>`n + 1`.as('n'))
          .where('n', '<', last),
      ),
    )
    .selectFrom('counter')
    .select(({ fn, selectFrom }) => [
      fn.countAll<number>().as('rows'),
      // It has its own sight of the store as long as it lasts.
      selectFrom('notes')
        .select(({ fn: { countAll } }) => countAll().as('notes'))
        .as('notes'),
    ])
    .executeTakeFirst()
  return counted?.rows
}
/** Far longer than any write takes. */
const long = 4_000_000

/** How often others got their turn on the event loop meanwhile. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0
  let isOver = false
  const turn = () => {
    turns += 1
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await work
  isOver = true
  return turns
}

describe('readers and the writer', () => {
  it('commits are not held up by long reads, however many', async () => {
    const database = await openNotes()
    const ends: string[] = []
    const end = (name: string) => () => void ends.push(name)
    const reads = [1, 2, 3].map(async n => countTo(database, long).then(end(`read ${n}`)))
    await write(database, 'a').then(end('write'))
    await database
      .transaction()
      .execute(tx => tx.insertInto('notes').values({ text: 'b' }).execute())
      .then(end('transaction'))
    await Promise.all(reads)
    expect(ends.slice(0, 2)).toEqual(['write', 'transaction'])
    expect(ends.slice(2).toSorted()).toEqual(['read 1', 'read 2', 'read 3'])
  })

  it('one long read leaves the other reader to everybody else', async () => {
    const database = await openNotes()
    const ends: string[] = []
    const slow = countTo(database, long).then(() => ends.push('long'))
    for (let n = 0; n < 20; n++) await texts(database)
    ends.push('short ones')
    await slow
    expect(ends).toEqual(['short ones', 'long'])
  })

  it('reads answer while a transaction is open, see nothing of it, and all of it once it is committed', async () => {
    const database = await openNotes()
    await database.transaction().execute(async tx => {
      await write(tx, 'inside')
      expect(await texts(tx)).toEqual(['inside'])
      expect(await texts(database)).toEqual([])
    })
    expect(await texts(database)).toEqual(['inside'])
  })

  it('every read sees every commit that was told before', async () => {
    const database = await openNotes()
    for (let n = 1; n <= 100; n++) {
      await write(database, `note ${n}`)
      const seen = await Promise.all([texts(database), texts(database)])
      expect(seen.map(all => all.length)).toEqual([n, n])
    }
  })

  it('transactions and single writes take one turn, in the order of asking', async () => {
    const database = await openNotes()
    const inTurn = (name: string) =>
      database.transaction().execute(async tx => {
        await write(tx, `${name} begins`)
        await texts(database)
        await write(tx, `${name} ends`)
      })
    await Promise.all([inTurn('first'), write(database, 'alone'), inTurn('second')])
    expect(await texts(database)).toEqual(['first begins', 'first ends', 'alone', 'second begins', 'second ends'])
  })

  it('a raw statement may write, whatever it begins with', async () => {
    const database = await openNotes()
    const { rows } = await sql`insert into notes (text) values ('a') returning text`.execute(database)
    expect(rows).toEqual([{ text: 'a' }])
    const { numAffectedRows } = await sql`update notes set text = 'b'`.execute(database)
    expect(numAffectedRows).toBe(1n)
    await sql`with more(text) as (values ('c')) insert into notes (text) select text from more`.execute(database)
    expect((await sql`select text from notes`.execute(database)).rows).toEqual([{ text: 'b' }, { text: 'c' }])
  })

  it('a raw reading waits for no transaction', async () => {
    const database = await openNotes()
    await database.transaction().execute(async tx => {
      await write(tx, 'inside')
      const { rows } = await sql`with all_of(n) as (select count(*) from notes) select n from all_of`.execute(database)
      expect(rows).toEqual([{ n: 0 }])
      expect((await sql`select text from notes`.execute(tx)).rows).toEqual([{ text: 'inside' }])
    })
  })

  it('many rows come back whole and in order', async () => {
    const database = await openNotes()
    const { rows } = await sql<{ n: number }>`
      with recursive c(n) as (select 1 union all select n + 1 from c where n < 5001) select n from c`.execute(database)
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 5001 }, (_, at) => at + 1))
  })
})

describe('the event loop', () => {
  it('goes on during a long read, a transaction and their commits', async () => {
    const database = await openNotes()
    const work = Promise.all([countTo(database, long), write(database, 'a'), texts(database)])
    expect(await turnsDuring(work)).toBeGreaterThan(100)
  })

  it('goes on between the parts of a big answer', async () => {
    const database = await openNotes()
    const many = sql`with recursive c(n) as (select 1 union all select n + 1 from c where n < 50001) select n from c`
    expect(await turnsDuring(many.execute(database))).toBeGreaterThan(100)
  })

  it('stood still while the same was read on it', async () => {
    const raw = new DatabaseSync(':memory:')
    const database = await withTable(new Kysely<Tables>({ dialect: nodeSqliteDialect(raw) }))
    undo.push(() => database.destroy())
    expect(await turnsDuring(countTo(database, long))).toBeLessThan(5)
  })
})

describe('what fails', () => {
  it('says what SQLite says, as a fault of the store', async () => {
    const database = await openNotes()
    await write(database, 'a')
    const fault = await write(database, 'a').catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'ERR_SQLITE_ERROR', errcode: 2067 })
    expect((fault as Error).message).toContain('UNIQUE constraint failed')
    expect(isStoreFault(fault)).toBe(true)
  })

  it('a value that would not come back as it went in is refused before it is sent', async () => {
    const database = await openNotes()
    const fault = await sql`insert into notes (text) values (${new Date(0)})`
      .execute(database)
      .catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(TypeError)
    expect(isStoreFault(fault)).toBe(false)
  })

  it('leaves nothing of its transaction, and the next one works', async () => {
    const database = await openNotes()
    const failed = database.transaction().execute(async tx => {
      await write(tx, 'a')
      throw new Error('stop here')
    })
    await expect(failed).rejects.toThrow('stop here')
    await database.transaction().execute(tx => write(tx, 'b'))
    expect(await texts(database)).toEqual(['b'])
  })

  it('where SQLite rolls back by itself its reason is told, and nothing more is written', async () => {
    const database = await openNotes()
    await sql`create table once (id text primary key on conflict rollback) strict`.execute(database)
    const twice = async (tx: Notes) => {
      await sql`insert into once values ('a')`.execute(tx)
      await sql`insert into once values ('a')`.execute(tx)
    }
    await expect(database.transaction().execute(twice)).rejects.toThrow('UNIQUE constraint failed')
    const unheeded = database.transaction().execute(async tx => {
      await twice(tx).catch(() => {})
      await write(tx, 'as if nothing had happened')
    })
    await expect(unheeded).rejects.toThrow('rolled back by the store')
    expect(await texts(database)).toEqual([])
  })

  it('a stream is refused in words', async () => {
    const database = await openNotes()
    const stream = database.selectFrom('notes').selectAll().stream()
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toThrow('read it in pages')
  })
})

describe('a thread that dies', () => {
  async function openWithThreads(): Promise<{ database: Notes; threads: SqliteThread[] }> {
    const file = join(folder, 'a.sqlite')
    await (await openSqlite(file)).close()
    const threads: SqliteThread[] = []
    const opened = await openThreads(file, async (data, onEnd) => {
      const one = await startThread(data, onEnd)
      // The one that writes comes first.
      threads[data.role === 'writer' ? 'unshift' : 'push'](one)
      return one
    })
    undo.push(opened.close)
    return { database: await withTable(new Kysely<Tables>({ dialect: threadsDialect(opened) })), threads }
  }
  const outcomeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (isStoreFault(error) ? 'a fault of the store' : error),
    )

  it.each([
    ['that writes', 0],
    ['that reads', 2],
  ])('one %s: whoever waits is told, and so is everybody later', async (_, which) => {
    const { database, threads } = await openWithThreads()
    await write(database, 'before')
    const inside = Promise.withResolvers<void>()
    const killed = Promise.withResolvers<void>()
    const waiting = [
      database.transaction().execute(async tx => {
        await write(tx, 'half')
        inside.resolve()
        await killed.promise
        await write(tx, 'the other half')
      }),
      ...[1, 2, 3].map(() => countTo(database, long)),
      write(database, 'waits for its turn'),
      database.transaction().execute(tx => write(tx, 'waits too')),
    ].map(outcomeOf)
    await inside.promise
    await threads[which]?.kill()
    killed.resolve()
    const outcomes = await Promise.all(waiting)
    expect(outcomes.filter(one => one !== 'done' && one !== 'a fault of the store')).toEqual([])
    expect([outcomes[0], ...outcomes.slice(-2)]).toEqual(Array.from({ length: 3 }, () => 'a fault of the store'))
    for (const later of [write(database, 'later'), texts(database), database.transaction().execute(tx => texts(tx))])
      expect(await outcomeOf(later)).toBe('a fault of the store')
    await undo.pop()?.()

    const { dialect, close } = await openSqlite(join(folder, 'a.sqlite'))
    undo.push(close)
    expect(await texts(new Kysely<Tables>({ dialect }))).toEqual(['before'])
  })
})

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Postgres, startPostgres } from '@lockdesk/throwaway-postgres'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleEntry } from '../../fixtures/sample-entry.ts'
import { DatabaseFault } from './database-fault.ts'
import { migrate } from './migrate.ts'
import { ledgerMigration } from './migrations/0001-ledger.ts'
import { accessMigration } from './migrations/0002-access.ts'
import { postgresWords } from './postgres-words.ts'
import { UnknownStep, runSteps } from './run-steps.ts'
import type { Database, Schema } from './schema.ts'
import { nodeSqliteDialect } from './sqlite-dialect.ts'
import { sqliteWords } from './store-words.ts'

const ledger = { id: 'the-ledger', createdAt: 1_764_057_600_000 }
const person = { id: 'p1', name: 'Ada', email: null, origin: 'local' as const, created_at: 1 }

const server: { postgres?: Postgres; folder?: string } = {}
beforeAll(async () => {
  server.folder = mkdtempSync(join(tmpdir(), 'lockdesk-migrate-'))
  chmodSync(server.folder, 0o755) // PostgreSQL may run as another user
  server.postgres = await startPostgres({ folder: join(server.folder, 'data'), isDurable: false })
})
afterAll(async () => {
  await server.postgres?.stop()
  rmSync(server.folder ?? '', { recursive: true, force: true })
})

let made = 0
const kinds = [
  {
    name: 'SQLite',
    words: sqliteWords,
    /** @returns opens one more connection to an empty store */
    async empty() {
      const raw = new DatabaseSync(':memory:')
      const database = new Kysely<Schema>({ dialect: nodeSqliteDialect(raw) })
      return () => database
    },
  },
  {
    name: 'PostgreSQL',
    words: postgresWords,
    async empty() {
      const at = new URL(server.postgres?.url ?? '')
      const first = new pg.Client({ connectionString: at.href })
      await first.connect()
      at.pathname = `/migrate_${++made}`
      await first.query(`create database migrate_${made} template template0`)
      await first.end()
      return () => {
        const pool = new pg.Pool({ connectionString: at.href })
        // A connection that is being ended may still hear that its server ends.
        pool.on('error', () => {})
        return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
      }
    },
  },
]

describe.each(kinds)('$name', ({ words, empty }) => {
  const opened = new Set<Database>()
  let connect: () => Database
  let database: Database
  beforeEach(async () => {
    const open = await empty()
    connect = () => {
      const one = open()
      opened.add(one)
      return one
    }
    database = connect()
  })
  afterEach(async () => {
    for (const one of opened) await one.destroy()
    opened.clear()
  })

  /** What the first release does when it starts: Kysely's own migrator, and two steps. */
  async function startFirstRelease(): Promise<unknown> {
    const known = { '0001-ledger': ledgerMigration(words, ledger), '0002-access': accessMigration(words) }
    const migrator = new Migrator({ db: database as Kysely<unknown>, provider: { getMigrations: async () => known } })
    return (await migrator.migrateToLatest()).error
  }

  it('an empty store gets every step once', async () => {
    expect((await migrate(database, words, ledger)).slice(0, 3)).toEqual(['0001-ledger', '0002-access', '0003-holds'])
    expect(await migrate(database, words, { ...ledger, id: 'another' })).toEqual([])
    expect(await database.selectFrom('ledger').select('ledger_id').execute()).toEqual([{ ledger_id: 'the-ledger' }])
  })

  it('what the release before has written is there afterwards', async () => {
    expect(await startFirstRelease()).toBeUndefined()
    const entry = sampleEntry(1, { to_id: '71' })
    await database.insertInto('people').values(person).execute()
    await database.insertInto('entries').values(entry).execute()
    const ran = await migrate(database, words, { ...ledger, id: 'another' })
    expect(ran).toContain('0006-replicas')
    expect(ran).not.toContain('0002-access')
    expect(await database.selectFrom('ledger').select('ledger_id').execute()).toEqual([{ ledger_id: 'the-ledger' }])
    expect(await database.selectFrom('people').select(['id', 'name']).execute()).toEqual([{ id: 'p1', name: 'Ada' }])
    expect(await database.selectFrom('entries').select(['id', 'to_id']).execute()).toEqual([{ id: 'e1', to_id: '71' }])
  })

  it('the release before starts on a store that was only added to, and what it writes fits', async () => {
    await migrate(database, words, ledger)
    expect(await startFirstRelease()).toBeUndefined()
    await database.insertInto('entries').values(sampleEntry(1)).execute()
    expect(await migrate(database, words, ledger)).toEqual([])
  })

  it('after a step that breaks, the release before refuses the store, and so does every one that does not know it', async () => {
    await migrate(database, words, ledger)
    const up = (db: Kysely<never>) => sql`create table seats (id text)`.execute(db)
    const next = {
      all: { '0001-ledger': { up }, '0002-access': { up }, '0900-seats': { up: up as never } },
      breaking: new Set(['0900-seats']),
    }
    expect(await runSteps(database, words, next as never, 1)).toEqual(['0900-seats'])
    expect(await startFirstRelease()).toMatchObject({ message: expect.stringContaining('0900-seats is missing') })
    const fault = await migrate(database, words, ledger).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(DatabaseFault)
    expect(fault).toMatchObject({ cause: expect.any(UnknownStep) })
    expect((fault as Error).message).toMatch(/^LOCKDESK_DATABASE_URL: .*newer version of Lockdesk.*0900-seats/)
  })

  it('what a newer version only added is left alone', async () => {
    await migrate(database, words, ledger)
    await sql`insert into schema_additions (name, timestamp) values ('0800-later', 'x')`.execute(database)
    expect(await migrate(database, words, ledger)).toEqual([])
  })

  it('a step that fails leaves nothing behind, and the reason is told', async () => {
    await sql`create table bindings (id text)`.execute(database)
    const fault = await migrate(database, words, ledger).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(DatabaseFault)
    expect((fault as Error).message).toMatch(/present schema: .*bindings.* already exists; it was left as it is\.$/)
    const tables = (await database.introspection.getTables({ withInternalKyselyTables: true })).map(({ name }) => name)
    expect(tables).toEqual(['bindings'])
  })

  it('several processes that start at once bring it there once', async () => {
    const processes = [database, connect(), connect(), connect()]
    const ran = await Promise.all(processes.map((one, n) => migrate(one, words, { ...ledger, id: `from-${n}` })))
    expect(ran.filter(names => names.length > 0)).toHaveLength(1)
    expect(await database.selectFrom('ledger').select('ledger_id').execute()).toHaveLength(1)
  })
})

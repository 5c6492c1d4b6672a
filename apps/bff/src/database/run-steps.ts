import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Database } from './schema.ts'
import type { StoreWords } from './store-words.ts'

/**
 * Steps that a release must know to use the store; one that finds another here leaves the store alone. The name is Kysely's, whose own
 * migrator the first release looked with.
 */
const required = 'kysely_migration'
/** Steps that added something which a release may know nothing of. */
const additions = 'schema_additions'

/** Both tables by their columns; other releases read them too, so they never change. */
interface StepTables {
  [required]: { name: string; timestamp: string }
  [additions]: { name: string; timestamp: string }
}

export interface Steps {
  /** By name; they run in the order of their names, each once in the life of a store. */
  all: Record<string, Migration>
  /** After one of these, releases that do not know it can no longer use the store. */
  breaking: ReadonlySet<string>
}

/** The store has had a step that this release must know, and does not. */
export class UnknownStep extends Error {
  readonly step: string

  constructor(step: string) {
    super(`the step ${step} is not known here`)
    this.name = 'UnknownStep'
    this.step = step
  }
}

const mostAttempts = 5
/** PostgreSQL's for a deadlock, and for a lock that was not given in time: replicas of the release before go on working meanwhile. */
const anotherAttempt = new Set(['40P01', '55P03'])

/**
 * Runs what the store has not had yet, in one transaction, and one process at a time. Steps that it does not know and need not know are left alone.
 * @returns the names of the steps that ran now
 * @throws UnknownStep nothing was changed
 * @throws Error a step failed, and nothing was changed
 */
export async function runSteps(database: Database, words: StoreWords, steps: Steps, at: number): Promise<string[]> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await alone(database, db => db.transaction().execute(tx => runMissing(tx, words, steps, at)))
    } catch (error) {
      if (attempt === mostAttempts || !anotherAttempt.has(String((error as { code?: unknown }).code))) throw error
    }
}

/** By the lock of Kysely's own migrator: on PostgreSQL it ends with the connection, on SQLite the file has one owner anyway. */
async function alone<Result>(database: Database, work: (db: Kysely<StepTables>) => Promise<Result>): Promise<Result> {
  const { adapter } = database.getExecutor()
  const lock = { lockTable: `${required}_lock`, lockRowId: 'migration_lock' }
  return database.connection().execute(async connection => {
    const db = connection as unknown as Kysely<StepTables>
    await adapter.acquireMigrationLock(db, lock)
    try {
      return await work(db)
    } finally {
      await adapter.releaseMigrationLock(db, lock)
    }
  })
}

async function runMissing(
  tx: Kysely<StepTables>,
  words: StoreWords,
  { all, breaking }: Steps,
  at: number,
): Promise<string[]> {
  await createTables(tx, words)
  const neededNames = await namesIn(tx, required)
  const unknown = neededNames.find(name => !Object.hasOwn(all, name))
  if (unknown !== undefined) throw new UnknownStep(unknown)

  const known = new Set([...neededNames, ...(await namesIn(tx, additions))])
  const missing = Object.keys(all)
    .filter(name => !known.has(name))
    .toSorted()
  const timestamp = new Date(at).toISOString()
  for (const name of missing) {
    await all[name]?.up(tx)
    const table = breaking.has(name) ? required : additions
    await tx.insertInto(table).values({ name, timestamp }).execute()
  }
  return missing
}

/** The first as Kysely's own migrator makes it. */
async function createTables(tx: Kysely<StepTables>, { tableEnd }: StoreWords): Promise<void> {
  await tx.schema
    .createTable(required)
    .ifNotExists()
    .addColumn('name', 'varchar(255)', c => c.notNull().primaryKey())
    .addColumn('timestamp', 'varchar(255)', c => c.notNull())
    .execute()
  await tx.schema
    .createTable(additions)
    .ifNotExists()
    .addColumn('name', 'text', c => c.notNull().primaryKey())
    .addColumn('timestamp', 'text', c => c.notNull())
    .modifyEnd(tableEnd)
    .execute()
}

async function namesIn(tx: Kysely<StepTables>, table: keyof StepTables): Promise<string[]> {
  return (await tx.selectFrom(table).select('name').execute()).map(({ name }) => name)
}

import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { DatabaseFault } from './database-fault.ts'
import { accessMigration } from './migrations/0002-access.ts'
import { ledgerMigration } from './migrations/0001-ledger.ts'
import { holdsMigration } from './migrations/0003-holds.ts'
import { checkpointsMigration } from './migrations/0004-checkpoints.ts'
import { replicasMigration } from './migrations/0006-replicas.ts'
import type { Database } from './schema.ts'
import type { StoreWords } from './store-words.ts'

/** Every step from an empty store to the present schema. A step that has run anywhere is never changed: a new one follows it. */
function steps(words: StoreWords, ledger: { id: string; createdAt: number }): Record<string, Migration> {
  return {
    '0001-ledger': ledgerMigration(words, ledger),
    '0002-access': accessMigration(words),
    '0003-holds': holdsMigration(words),
    '0004-checkpoints': checkpointsMigration(words),
    '0006-replicas': replicasMigration(words),
  }
}

/**
 * Brings the store to the present schema, all steps in one transaction.
 * @param ledger who a new ledger is; one that exists keeps its id
 * @returns the names of the steps that ran now
 * @throws DatabaseFault the store was written by a newer version, or a step failed: nothing was changed
 */
export async function migrate(
  database: Database,
  words: StoreWords,
  ledger: { id: string; createdAt: number },
): Promise<string[]> {
  const known = steps(words, ledger)
  const migrator = new Migrator({ db: database as Kysely<unknown>, provider: { getMigrations: async () => known } })
  const { error, results } = await migrator.migrateToLatest()
  if (error === undefined) return (results ?? []).map(step => step.migrationName)
  throw new DatabaseFault(
    error instanceof Error && error.message.startsWith('corrupted migrations')
      ? 'the database was written by a newer version of Lockdesk. Start that version, or name another file; this one was left as it is.'
      : 'the database could not be brought to the present schema; it was left as it is.',
    { cause: error },
  )
}

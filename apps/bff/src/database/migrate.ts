import type { Migration } from 'kysely/migration'
import { DatabaseFault } from './database-fault.ts'
import { fileReason } from './file-reasons.ts'
import { accessMigration } from './migrations/0002-access.ts'
import { ledgerMigration } from './migrations/0001-ledger.ts'
import { holdsMigration } from './migrations/0003-holds.ts'
import { checkpointsMigration } from './migrations/0004-checkpoints.ts'
import { membersMigration } from './migrations/0005-members.ts'
import { replicasMigration } from './migrations/0006-replicas.ts'
import { UnknownStep, runSteps } from './run-steps.ts'
import type { Database } from './schema.ts'
import { isStoreFault } from './store-fault.ts'
import type { StoreWords } from './store-words.ts'

/**
 * Every step from an empty store to the present schema. A step that has run anywhere is never changed: a new one follows it. What it adds (tables,
 * indexes, columns that may be empty) the release before can live beside, so that both run at once while replicas are exchanged, and the
 * way back stays open. One that takes something away, or gives it another meaning, is `breaking`.
 */
function steps(words: StoreWords, ledger: { id: string; createdAt: number }): Record<string, Migration> {
  return {
    '0001-ledger': ledgerMigration(words, ledger),
    '0002-access': accessMigration(words),
    '0003-holds': holdsMigration(words),
    '0004-checkpoints': checkpointsMigration(words),
    '0005-members': membersMigration(words),
    '0006-replicas': replicasMigration(words),
  }
}

/** Releases that do not know these refuse the store. */
const breaking = new Set(['0001-ledger', '0002-access'])

/**
 * Brings the store to the present schema, all steps in one transaction, and one process at a time.
 * @param ledger who a new ledger is; one that exists keeps its id. `createdAt` is now
 * @returns the names of the steps that ran now
 * @throws DatabaseFault a newer version has changed the store so that this one cannot use it, or a step failed: nothing was changed
 */
export async function migrate(
  database: Database,
  words: StoreWords,
  ledger: { id: string; createdAt: number },
): Promise<string[]> {
  try {
    return await runSteps(database, words, { all: steps(words, ledger), breaking }, ledger.createdAt)
  } catch (cause) {
    throw new DatabaseFault(sentenceOf(cause), { cause })
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof UnknownStep)
    return `the database was written by a newer version of Lockdesk, which went through ${error.step}; this one does not know that. Start that version, or name another database; this one was left as it is.`
  const why = isStoreFault(error) ? `: ${fileReason(error)}` : ''
  return `the database could not be brought to the present schema${why}; it was left as it is.`
}

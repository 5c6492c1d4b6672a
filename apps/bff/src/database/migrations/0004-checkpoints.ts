import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { deletableUpTo } from '../retention-words.ts'
import type { StoreWords } from '../store-words.ts'

/** The tables of `trust-tables.ts`. From here on entries can be deleted up to a floor, which stands on a checkpoint. */
export function checkpointsMigration(words: StoreWords): Migration {
  const { whole, tableEnd } = words

  return {
    async up(db: Kysely<any>) {
      await db.schema
        .createTable('signing_keys')
        .addColumn('key_id', 'text', c => c.primaryKey())
        .addColumn('public_key', 'text', c => c.notNull())
        .addColumn('first_used_at', whole, c => c.notNull())
        .modifyEnd(tableEnd)
        .execute()

      await db.schema
        .createTable('checkpoints')
        .addColumn('number', whole, c => c.primaryKey())
        .addColumn('hash', 'text', c => c.notNull())
        .addColumn('at', whole, c => c.notNull())
        .addColumn('ledger_id', 'text', c => c.notNull())
        .addColumn('key_id', 'text', c => c.notNull().references('signing_keys.key_id'))
        .addColumn('signature', 'text', c => c.notNull())
        .modifyEnd(tableEnd)
        .execute()

      await db.schema
        .createTable('ledger_floors')
        .addColumn('number', whole, c => c.primaryKey().references('checkpoints.number'))
        .addColumn('at', whole, c => c.notNull())
        .addColumn('key_id', 'text', c => c.notNull().references('signing_keys.key_id'))
        .addColumn('signature', 'text', c => c.notNull())
        .modifyEnd(tableEnd)
        .execute()

      await db.schema
        .createTable('ledger_lives')
        .addColumn('ledger_id', 'text', c => c.primaryKey())
        .addColumn('began_at', whole, c => c.notNull())
        .addColumn('after_number', whole, c => c.notNull())
        .addColumn('place', 'text', c => c.notNull())
        .addColumn('why', 'text', c => c.notNull())
        .modifyEnd(tableEnd)
        .execute()

      await db.schema
        .createTable('sink_positions')
        .addColumn('sink', 'text', c => c.primaryKey())
        .addColumn('number', whole, c => c.notNull())
        .addColumn('at', whole, c => c.notNull())
        .modifyEnd(tableEnd)
        .execute()

      for (const table of ['signing_keys', 'checkpoints', 'ledger_floors', 'ledger_lives'])
        for (const statement of words.appendOnly(table)) await statement.execute(db)
      for (const statement of deletableUpTo(words, 'entries', 'ledger_floors')) await statement.execute(db)
    },
  }
}

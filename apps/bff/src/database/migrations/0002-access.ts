import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { StoreWords } from '../store-words.ts'

/** The tables of `access-tables.ts`. What belongs to a person goes with the person. */
export function accessMigration(words: StoreWords): Migration {
  const { whole } = words

  return {
    async up(db: Kysely<any>) {
      await db.schema
        .createTable('people')
        .addColumn('id', 'text', c => c.primaryKey())
        .addColumn('name', 'text', c => c.notNull())
        .addColumn('email', 'text', c => c.unique())
        .addColumn('origin', 'text', c => c.notNull())
        .addColumn('created_at', whole, c => c.notNull())
        .modifyEnd(words.tableEnd)
        .execute()

      await db.schema
        .createTable('passwords')
        .addColumn('person_id', 'text', c => c.primaryKey().references('people.id').onDelete('cascade'))
        .addColumn('hash', 'text', c => c.notNull())
        .addColumn('must_change', whole, c => c.notNull())
        .addColumn('changed_at', whole, c => c.notNull())
        .modifyEnd(words.tableEnd)
        .execute()

      await db.schema
        .createTable('sessions')
        .addColumn('token_hash', 'text', c => c.primaryKey())
        .addColumn('person_id', 'text', c => c.notNull().references('people.id').onDelete('cascade'))
        .addColumn('created_at', whole, c => c.notNull())
        .addColumn('expires_at', whole, c => c.notNull())
        .modifyEnd(words.tableEnd)
        .execute()
      await db.schema.createIndex('sessions_by_person').on('sessions').column('person_id').execute()
      await db.schema.createIndex('sessions_by_end').on('sessions').column('expires_at').execute()

      await db.schema
        .createTable('bindings')
        .addColumn('person_id', 'text', c => c.notNull().references('people.id').onDelete('cascade'))
        .addColumn('workspace', 'text', c => c.notNull())
        .addColumn('namespace', 'text', c => c.notNull())
        .addColumn('role', 'text', c => c.notNull())
        .addPrimaryKeyConstraint('bindings_key', ['person_id', 'workspace', 'namespace'])
        .modifyEnd(words.tableEnd)
        .execute()
    },
  }
}

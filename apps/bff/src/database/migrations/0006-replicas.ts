import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { StoreWords } from '../store-words.ts'

/** What several replicas of Lockdesk need to share a store: the tables of `replica-tables.ts`, and who is at work. */
export function replicasMigration({ whole, tableEnd }: StoreWords): Migration {
  return {
    async up(db: Kysely<any>) {
      await db.schema
        .createTable('writer')
        .addColumn('clock', whole, c => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.insertInto('writer').values({ clock: 0 }).execute()
      await db.schema.alterTable('intents').addColumn('process', 'text').execute()
      await db.schema.alterTable('drafts').addColumn('touched', whole).execute()
      await db.schema
        .createIndex('drafts_by_touch')
        .on('drafts')
        .columns(['workspace', 'namespace', 'touched'])
        .execute()

      await db.schema
        .createTable('turns')
        .addColumn('workspace', 'text', c => c.notNull())
        .addColumn('namespace', 'text', c => c.notNull())
        .addColumn('draft_id', 'text', c => c.notNull())
        .addColumn('owner', 'text', c => c.notNull())
        .addColumn('process', 'text', c => c.notNull())
        .addColumn('expires_at', whole, c => c.notNull())
        .addPrimaryKeyConstraint('turns_key', ['workspace', 'namespace', 'draft_id'])
        .modifyEnd(tableEnd)
        .execute()

      await db.schema
        .createTable('call_budgets')
        .addColumn('credential', 'text', c => c.primaryKey())
        .addColumn('state', 'text', c => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}

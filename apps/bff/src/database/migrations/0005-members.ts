import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { StoreWords } from '../store-words.ts'

/** Who belongs to which namespace: the table of `member-tables.ts`. And a short way to the drafts that the last list of a namespace lacked. */
export function membersMigration({ whole, tableEnd }: StoreWords): Migration {
  return {
    async up(db: Kysely<any>) {
      await db.schema
        .createTable('member_lists')
        .addColumn('workspace', 'text', c => c.notNull())
        .addColumn('namespace', 'text', c => c.notNull())
        .addColumn('read_at', whole, c => c.notNull())
        .addColumn('read_before', whole)
        .addColumn('members', 'text', c => c.notNull())
        .addColumn('has_others', whole, c => c.notNull())
        .addPrimaryKeyConstraint('member_lists_key', ['workspace', 'namespace'])
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('drafts_missing')
        .on('drafts')
        .columns(['workspace', 'namespace'])
        .where(sql.ref('missing_since'), 'is not', null)
        .execute()
    },
  }
}

import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { StoreWords } from '../store-words.ts'

/**
 * The tables of `audit-tables.ts`. What is derived from entries stays empty here: it is filled afterwards, a piece at a time, so that a long
 * history delays no start.
 */
export function holdsMigration({ whole, tableEnd }: StoreWords): Migration {
  return {
    async up(db: Kysely<any>) {
      await db.schema
        .createTable('derived')
        .addColumn('name', 'text', c => c.primaryKey())
        .addColumn('through', whole, c => c.notNull())
        .modifyEnd(tableEnd)
        .execute()

      await db.schema
        .createTable('holds')
        .addColumn('opened', whole, c => c.primaryKey())
        .addColumn('opened_kind', 'text', c => c.notNull())
        .addColumn('workspace', 'text', c => c.notNull())
        .addColumn('namespace', 'text', c => c.notNull())
        .addColumn('draft_id', 'text', c => c.notNull())
        .addColumn('draft_name', 'text', c => c.notNull())
        .addColumn('holder_id', 'text', c => c.notNull())
        .addColumn('holder_name', 'text', c => c.notNull())
        .addColumn('claim_person', 'text')
        .addColumn('claim_at', whole)
        .addColumn('claim_on_behalf_of', 'text')
        .addColumn('claim_reason', 'text')
        .addColumn('from_after', whole)
        .addColumn('from_by', whole, c => c.notNull())
        .addColumn('until_after', whole)
        .addColumn('until_by', whole)
        .addColumn('known', 'text', c => c.notNull())
        .addColumn('how', 'text', c => c.notNull())
        .addColumn('is_taken', whole, c => c.notNull())
        .addColumn('ended', 'text')
        .addColumn('closed', whole)
        .modifyEnd(tableEnd)
        .execute()
      await index(db, 'holds', 'holds_by_draft', ['workspace', 'namespace', 'draft_id', 'opened'])
      await index(db, 'holds', 'holds_by_draft_and_time', ['workspace', 'namespace', 'draft_id', 'from_by'])
      await index(db, 'holds', 'holds_by_namespace', ['workspace', 'namespace', 'opened'])
      await index(db, 'holds', 'holds_by_holder', ['holder_id', 'opened'])
      await index(db, 'holds', 'holds_by_time', ['from_by', 'until_by'])
      await indexWhere(db, 'holds', 'holds_by_claim', ['claim_person', 'opened'], sql`claim_person is not null`)
      await indexWhere(db, 'holds', 'holds_open', ['draft_id'], sql`until_by is null`)

      await db.schema
        .createTable('held_snapshots')
        .addColumn('at', whole, c => c.notNull())
        .addColumn('opened', whole, c => c.notNull())
        .addPrimaryKeyConstraint('held_snapshots_key', ['at', 'opened'])
        .modifyEnd(tableEnd)
        .execute()
      // All moments, without the holds between them.
      await indexWhere(db, 'held_snapshots', 'held_snapshot_moments', ['at'], sql`opened = 0`)

      await db.schema
        .createTable('holder_names')
        .addColumn('name_key', 'text', c => c.notNull())
        .addColumn('holder_id', 'text', c => c.notNull())
        .addPrimaryKeyConstraint('holder_names_key', ['name_key', 'holder_id'])
        .modifyEnd(tableEnd)
        .execute()

      await db.schema
        .createTable('entry_tallies')
        .addColumn('span', whole, c => c.notNull())
        .addColumn('start', whole, c => c.notNull())
        .addColumn('workspace', 'text', c => c.notNull())
        .addColumn('namespace', 'text', c => c.notNull())
        .addColumn('kind', 'text', c => c.notNull())
        .addColumn('known', 'text', c => c.notNull())
        .addColumn('how', 'text', c => c.notNull())
        .addColumn('is_taken', whole, c => c.notNull())
        .addColumn('actor_id', 'text', c => c.notNull())
        .addColumn('n', whole, c => c.notNull())
        .addPrimaryKeyConstraint('entry_tallies_key', [
          'span',
          'start',
          'workspace',
          'namespace',
          'kind',
          'known',
          'how',
          'is_taken',
          'actor_id',
        ])
        .modifyEnd(tableEnd)
        .execute()

      await db.schema
        .createTable('sweep_hours')
        .addColumn('workspace', 'text', c => c.notNull())
        .addColumn('namespace', 'text', c => c.notNull())
        .addColumn('hour', whole, c => c.notNull())
        .addColumn('swept_before', whole)
        .addColumn('sweeps', 'text', c => c.notNull())
        .addPrimaryKeyConstraint('sweep_hours_key', ['workspace', 'namespace', 'hour'])
        .modifyEnd(tableEnd)
        .execute()

      await db.schema
        .createTable('draft_lives')
        .addColumn('workspace', 'text', c => c.notNull())
        .addColumn('namespace', 'text', c => c.notNull())
        .addColumn('draft_id', 'text', c => c.notNull())
        .addColumn('since', whole, c => c.notNull())
        .addColumn('until', whole)
        .addPrimaryKeyConstraint('draft_lives_key', ['workspace', 'namespace', 'draft_id', 'since'])
        .modifyEnd(tableEnd)
        .execute()
      // When those that are known already appeared is known to nobody: they count as having been there from the beginning.
      await sql`
        insert into draft_lives (workspace, namespace, draft_id, since, until)
        select workspace, namespace, draft_id, (select min(created_at) from ledger), deleted_at from drafts`.execute(db)

      // Whose claim stood before or after: what editors may see of the audit, and most entries have none.
      await indexWhere(db, 'entries', 'entries_by_claim_before', ['from_claim', 'number'], sql`from_claim is not null`)
      await indexWhere(db, 'entries', 'entries_by_claim_after', ['to_claim', 'number'], sql`to_claim is not null`)
      await index(db, 'drafts', 'drafts_by_name', ['name'])
      // What was done here, and what is known badly, is little beside what was observed.
      await indexWhere(db, 'entries', 'entries_by_deed', ['number'], sql`how = 'lockdesk'`)
      await indexWhere(db, 'entries', 'entries_by_take', ['number'], sql`outcome = 'taken'`)
      await indexWhere(db, 'entries', 'entries_by_doubt', ['known', 'number'], sql`known in ('unwatched', 'at-least')`)
    },
  }
}

async function index(db: Kysely<any>, table: string, name: string, columns: string[]): Promise<void> {
  await db.schema.createIndex(name).on(table).columns(columns).execute()
}

async function indexWhere(
  db: Kysely<any>,
  table: string,
  name: string,
  columns: string[],
  where: ReturnType<typeof sql>,
): Promise<void> {
  await sql`
    create index ${sql.id(name)} on ${sql.table(table)} (${sql.join(columns.map(column => sql.id(column)))})
    where ${where}`.execute(db)
}

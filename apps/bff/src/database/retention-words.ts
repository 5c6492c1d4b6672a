import { type RawBuilder, sql } from 'kysely'
import type { StoreWords } from './store-words.ts'

/**
 * Statements after which rows of an append-only table can be deleted up to the greatest number in a table of floors, and no further.
 * Nothing else changes for it.
 */
export function deletableUpTo(words: StoreWords, table: string, floors: string): RawBuilder<unknown>[] {
  const floor = `(select coalesce(max(number), 0) from ${floors})`
  const refusal = `${table} are append-only`
  if (words.whole === 'integer')
    return [
      sql`drop trigger ${sql.id(`${table}_no_delete`)}`,
      sql`
        create trigger ${sql.id(`${table}_no_delete`)} before delete on ${sql.table(table)}
        when old.number > ${sql.raw(floor)}
        begin select raise(abort, ${sql.lit(refusal)}); end`,
    ]
  return [
    sql`
      create function ${sql.id(`${table}_above_floor`)}() returns trigger language plpgsql as ${sql.lit(
        `begin if old.number > ${floor} then raise exception '${refusal}'; end if; return old; end`,
      )}`,
    sql`drop trigger ${sql.id(`${table}_no_change`)} on ${sql.table(table)}`,
    sql`
      create trigger ${sql.id(`${table}_no_update`)} before update on ${sql.table(table)}
      for each row execute function ${sql.id(`${table}_append_only`)}()`,
    sql`
      create trigger ${sql.id(`${table}_no_delete`)} before delete on ${sql.table(table)}
      for each row execute function ${sql.id(`${table}_above_floor`)}()`,
  ]
}

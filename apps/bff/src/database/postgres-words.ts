import { sql } from 'kysely'
import type { StoreWords } from './store-words.ts'

export const postgresWords: StoreWords = {
  whole: 'bigint',
  tableEnd: sql``,
  appendOnly: table => [
    sql`
      create function ${sql.id(`${table}_append_only`)}() returns trigger language plpgsql as ${sql.lit(
        `begin raise exception '${table} are append-only'; end`,
      )}`,
    sql`
      create trigger ${sql.id(`${table}_no_change`)} before update or delete on ${sql.table(table)}
      for each row execute function ${sql.id(`${table}_append_only`)}()`,
    sql`
      create trigger ${sql.id(`${table}_no_truncate`)} before truncate on ${sql.table(table)}
      execute function ${sql.id(`${table}_append_only`)}()`,
  ],
}

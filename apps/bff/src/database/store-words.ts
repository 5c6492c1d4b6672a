import { sql, type RawBuilder } from 'kysely'

/** Where the two stores need different words for the same table. */
export interface StoreWords {
  /** Whole numbers up to 2^53: counts, times, flags. */
  whole: 'integer' | 'bigint'
  /** What stands behind the closing bracket of a table. */
  tableEnd: RawBuilder<unknown>
  /** Statements after which rows of a table can be added, but neither changed nor deleted. */
  appendOnly(table: string): RawBuilder<unknown>[]
}

/** `strict`: a text in a column of numbers is refused, as PostgreSQL does by itself. */
export const sqliteWords: StoreWords = {
  whole: 'integer',
  tableEnd: sql`strict`,
  appendOnly: table =>
    (['update', 'delete'] as const).map(
      change => sql`
        create trigger ${sql.id(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.table(table)}
        begin select raise(abort, ${sql.lit(`${table} are append-only`)}); end`,
    ),
}

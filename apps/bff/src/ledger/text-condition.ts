import { type Expression, type SqlBool, sql } from 'kysely'

/**
 * Rows in which each text stands in one of the columns, A to Z regardless of case. No letter of a text means anything to the store.
 * @param columns never null in all
 */
export function hasTexts(columns: readonly string[], texts: readonly string[]): Expression<SqlBool>[] {
  return texts.map(text => {
    const pattern = `%${text.replaceAll(/[!%_]/g, one => `!${one}`)}%`
    const fits = columns.map(column => sql<SqlBool>`lower(${sql.ref(column)}) like lower(${pattern}) escape '!'`)
    return sql<SqlBool>`(${sql.join(fits, sql` or `)})`
  })
}

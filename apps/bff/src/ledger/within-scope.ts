import type { NamespaceRef } from '@lockdesk/contract'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Scope } from './scope.ts'

/** Tells namespaces apart. */
export const namespaceKey = ({ workspace, namespace }: NamespaceRef): string => JSON.stringify([workspace, namespace])

/** A column of text as no index knows it: what is asked of it is asked of rows that another index has found, and leads nowhere else. */
export const unindexed = (column: string): RawBuilder<string> => sql<string>`(${sql.ref(column)} || '')`

/**
 * Only rows of the scope, which must not be empty. Asked of rows that another index has found: looked up in a list of values, however many
 * namespaces there are, and never a reason to leave that index, nor (`is true`) to expect next to nothing to be left.
 * @param table where several have such columns
 */
export function withinScope(scope: Scope, table?: string): Expression<SqlBool> {
  const column = (name: string) => unindexed(table === undefined ? name : `${table}.${name}`)
  const values = sql.join(scope.map(ref => sql`(${ref.workspace}, ${ref.namespace})`))
  return sql<SqlBool>`((${column('workspace')}, ${column('namespace')}) in (values ${values})) is true`
}

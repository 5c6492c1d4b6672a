import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

/** How many prepared statements are kept; the queries of Lockdesk are far fewer, lists of varying length apart. */
const keptStatements = 256

interface Prepared {
  statement: StatementSync
  /** It answers with rows. */
  isReader: boolean
}

/** @returns prepares a statement of this connection, or finds it where it was prepared before: the one used longest ago is forgotten first */
export function createStatements(raw: DatabaseSync): (sql: string) => Prepared {
  const kept = new Map<string, Prepared>()
  return sql => {
    const known = kept.get(sql)
    if (known) {
      kept.delete(sql)
      kept.set(sql, known)
      return known
    }
    const statement = raw.prepare(sql)
    const fresh = { statement, isReader: statement.columns().length > 0 }
    kept.set(sql, fresh)
    const oldest = kept.keys().next().value
    if (kept.size > keptStatements && oldest !== undefined) kept.delete(oldest)
    return fresh
  }
}

/**
 * Only what comes back from the store as it went in. node:sqlite takes an object in first place for named parameters (a `Date` there would be
 * dropped and the rest would move up), stores NaN as NULL, and replaces half of a surrogate pair.
 * @throws TypeError for anything else
 */
export function sqlValues(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map(value => {
    if (value === null || typeof value === 'bigint' || value instanceof Uint8Array) return value
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (typeof value === 'string' && value.isWellFormed() && !value.includes('\0')) return value
    throw new TypeError(`not a value for the store: ${typeof value === 'object' ? 'an object' : typeof value}`)
  })
}

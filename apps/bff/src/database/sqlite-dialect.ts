import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { SqliteAdapter, SqliteDialect, SqliteDriver, type Driver, type SqliteDatabase } from 'kysely'

/** How many prepared statements are kept; the queries of Lockdesk are far fewer, lists of varying length apart. */
const keptStatements = 256

/**
 * Kysely's SQLite dialect over Node's built-in database, for one process and one connection.
 * Unlike Kysely's own it lets migrations run in a transaction (SQLite can), so that a killed one leaves nothing behind.
 */
export function nodeSqliteDialect(raw: DatabaseSync): SqliteDialect {
  return new NodeSqliteDialect(raw)
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #raw: DatabaseSync

  constructor(raw: DatabaseSync) {
    super({ database: preparing(raw) })
    this.#raw = raw
  }

  override createDriver(): Driver {
    return new NodeSqliteDriver(this.#raw)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class NodeSqliteDriver extends SqliteDriver {
  readonly #raw: DatabaseSync

  constructor(raw: DatabaseSync) {
    super({ database: preparing(raw) })
    this.#raw = raw
  }

  /** A full disk makes SQLite roll back by itself; saying so again would hide the real error behind "no transaction is active". */
  override async rollbackTransaction(...args: Parameters<SqliteDriver['rollbackTransaction']>): Promise<void> {
    if (this.#raw.isTransaction) await super.rollbackTransaction(...args)
  }
}

/** What Kysely asks of a database, with a memory of prepared statements: the one used longest ago goes first. */
function preparing(raw: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, { statement: StatementSync; reader: boolean }>()

  const prepared = (sql: string) => {
    const known = kept.get(sql)
    if (known) {
      kept.delete(sql)
      kept.set(sql, known)
      return known
    }
    const statement = raw.prepare(sql)
    const fresh = { statement, reader: statement.columns().length > 0 }
    kept.set(sql, fresh)
    const oldest = kept.keys().next().value
    if (kept.size > keptStatements && oldest !== undefined) kept.delete(oldest)
    return fresh
  }

  return {
    close: () => raw.close(),
    prepare: sql => {
      const { statement, reader } = prepared(sql)
      return {
        reader,
        all: parameters => statement.all(...sqlValues(parameters)),
        run: parameters => statement.run(...sqlValues(parameters)),
        // A stream stays open between its rows, so it gets a statement that nobody else can reset.
        iterate: parameters => raw.prepare(sql).iterate(...sqlValues(parameters)),
      }
    },
  }
}

/**
 * Only what comes back from the store as it went in. node:sqlite takes an object in first place for named parameters (a `Date` there would be
 * dropped and the rest would move up), stores NaN as NULL, and replaces half of a surrogate pair.
 * @throws TypeError for anything else
 */
function sqlValues(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map(value => {
    if (value === null || typeof value === 'bigint' || value instanceof Uint8Array) return value
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (typeof value === 'string' && value.isWellFormed() && !value.includes('\0')) return value
    throw new TypeError(`not a value for the store: ${typeof value === 'object' ? 'an object' : typeof value}`)
  })
}

import type { DatabaseSync } from 'node:sqlite'
import { SqliteAdapter, SqliteDialect, SqliteDriver, type Driver, type SqliteDatabase } from 'kysely'
import { createStatements, sqlValues } from './sqlite-statements.ts'

/**
 * Kysely's SQLite dialect over Node's built-in database, for one connection on the caller's own thread: a store in memory, and a short look into
 * a file. Unlike Kysely's own it lets migrations run in a transaction (SQLite can), so that a killed one leaves nothing behind.
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

/** What Kysely asks of a database. */
function preparing(raw: DatabaseSync): SqliteDatabase {
  const prepared = createStatements(raw)
  return {
    close: () => raw.close(),
    prepare: sql => {
      const { statement, isReader } = prepared(sql)
      return {
        reader: isReader,
        all: parameters => statement.all(...sqlValues(parameters)),
        run: parameters => statement.run(...sqlValues(parameters)),
        // A stream stays open between its rows, so it gets a statement that nobody else can reset.
        iterate: parameters => raw.prepare(sql).iterate(...sqlValues(parameters)),
      }
    },
  }
}

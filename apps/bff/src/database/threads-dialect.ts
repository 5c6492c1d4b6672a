import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  DialectAdapterBase,
  type Driver,
  type QueryResult,
  RawNode,
  SelectQueryNode,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Done } from './sqlite-messages.ts'
import { sqlValues } from './sqlite-statements.ts'
import type { SqliteThreads } from './sqlite-threads.ts'

/**
 * Kysely's dialect for a file whose connections are on threads of their own, so that nothing on the event loop waits for the disk. A `select`
 * that stands outside of a transaction is read beside the writer; everything else takes its turn at the one connection that writes. A transaction has the turn from its begin to its end: a write by `database` inside of it would wait for ever.
 */
export function threadsDialect(threads: SqliteThreads): Dialect {
  return {
    createAdapter: () => new ThreadsAdapter(),
    createDriver: () => new ThreadsDriver(threads),
    createIntrospector: database => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

class ThreadsAdapter extends DialectAdapterBase {
  override get supportsTransactionalDdl(): boolean {
    return true
  }

  override get supportsReturning(): boolean {
    return true
  }

  /** Steps run in one transaction, and nobody else writes meanwhile. */
  async acquireMigrationLock(): Promise<void> {}
  async releaseMigrationLock(): Promise<void> {}
}

class ThreadsDriver implements Driver {
  readonly #threads: SqliteThreads

  constructor(threads: SqliteThreads) {
    this.#threads = threads
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new RoutedConnection(this.#threads)
  }

  beginTransaction(connection: DatabaseConnection): Promise<void> {
    return routed(connection).begin()
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return routed(connection).commit()
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return routed(connection).rollback()
  }

  /** One that was given back in the middle of a transaction leaves none behind. */
  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return routed(connection).rollback()
  }

  destroy(): Promise<void> {
    return this.#threads.close()
  }
}

/** Kysely gives back what it was given. */
const routed = (connection: DatabaseConnection) => connection as RoutedConnection

/** Belongs to no thread until it is known what is asked. */
class RoutedConnection implements DatabaseConnection {
  readonly #threads: SqliteThreads
  /** Gives the writer's turn back; there while a transaction is open. */
  #giveBack: (() => void) | undefined

  constructor(threads: SqliteThreads) {
    this.#threads = threads
  }

  async begin(): Promise<void> {
    const giveBack = await this.#threads.takeTurn()
    try {
      await this.#threads.write({ do: 'begin' })
      this.#giveBack = giveBack
    } finally {
      if (!this.#giveBack) giveBack()
    }
  }

  /** Where it fails the transaction may still be open; a rollback follows. */
  async commit(): Promise<void> {
    await this.#threads.write({ do: 'commit' })
    this.#end()
  }

  async rollback(): Promise<void> {
    if (!this.#giveBack) return
    try {
      await this.#threads.write({ do: 'rollback' })
    } finally {
      this.#end()
    }
  }

  #end(): void {
    this.#giveBack?.()
    this.#giveBack = undefined
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const inTransaction = this.#giveBack !== undefined
    const order = { do: 'run', sql, parameters: sqlValues(parameters), inTransaction } as const
    if (inTransaction) return resultOf(await this.#threads.write(order))
    if (SelectQueryNode.is(query)) return resultOf(await this.#threads.read(order))
    if (RawNode.is(query) && mayRead.test(sql)) {
      const done = await this.#threads.read(order).catch(unlessItWrites)
      if (done) return resultOf(done)
    }
    const giveBack = await this.#threads.takeTurn()
    try {
      return resultOf(await this.#threads.write(order))
    } finally {
      giveBack()
    }
  }

  /** A slow reader of a stream would keep a thread from everybody else, and the log from beginning anew. */
  // oxlint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('nothing is streamed from this store: read it in pages, each from the key where the last one ended')
  }
}

/** How raw SQL begins that may be a reading. Behind `with` there may be anything, and a connection that only reads refuses what is not. */
const mayRead = /^\s*(select|with)\b/i
const readOnly = 8

function unlessItWrites(error: unknown): null {
  if ((((error as { errcode?: number }).errcode ?? 0) & 0xff) === readOnly) return null
  throw error
}

/** The rows are what the statement names; Kysely's types say which. */
function resultOf<Row>({ rows, written }: Done): QueryResult<Row> {
  return {
    rows: rows as Row[],
    ...(written && { numAffectedRows: BigInt(written.changes), insertId: BigInt(written.lastInsertRowid) }),
  }
}

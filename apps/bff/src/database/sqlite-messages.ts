import type { SQLInputValue } from 'node:sqlite'

/** Which connection a thread opens. */
export interface ThreadData {
  file: string
  role: 'writer' | 'reader'
}

/** What a thread is asked to do. */
export type Order =
  | { do: 'run'; sql: string; parameters: SQLInputValue[]; inTransaction: boolean }
  | { do: 'begin' | 'commit' | 'rollback' }
  /** A whole copy of the store, as it is at one moment, into a file that is not there yet. */
  | { do: 'copy'; to: string }
  | { do: 'close' }

/** `more`: the next part of the rows. */
export type Message = { id: number } & (Order | { do: 'more' })

/** How an order ended. */
export interface Done {
  rows: unknown[]
  /** Of a statement that answers with no rows. */
  written?: { changes: number | bigint; lastInsertRowid: number | bigint }
}

/** What an error keeps on its way from one thread to another. `errcode` is SQLite's own number. */
export interface Fault {
  message: string
  code?: string
  errcode?: number
}

export type Answer = { id: number } & (
  | ({ isLast: boolean } & Done)
  /** It failed, and nothing of it was done. */
  | { fault: Fault }
)

import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { copyStore } from './copy-store.ts'
import type { Answer, Done, Fault, Message, Order, ThreadData } from './sqlite-messages.ts'
import { createStatements } from './sqlite-statements.ts'
import { keepLogShort } from './write-ahead-log.ts'

/** One connection to the store, on a thread of its own: the whole of what runs there. */
const { file, role } = workerData as ThreadData
if (!parentPort) throw new Error('this is a thread, and runs by nothing else')
const port = parentPort

/**
 * How many rows travel in one message. Unpacking them is the receiver's work, on the event loop that everybody shares, so it comes in pieces with
 * time for others in between.
 */
const rowsAMessage = 500
/** What another program may hold up a statement, one that an operator looks into the file with. Nobody here is ever in the way. */
const patienceMs = 5_000

try {
  const raw = role === 'writer' ? openWriter() : new DatabaseSync(file, { readOnly: true, timeout: patienceMs })
  serve(raw)
  send({ id: 0, isLast: true, rows: [] })
} catch (error) {
  send({ id: 0, fault: faultOf(error) })
}

function openWriter(): DatabaseSync {
  const raw = new DatabaseSync(file, { timeout: 0 })
  raw.exec('PRAGMA journal_mode = WAL')
  // A commit is on the disk when it returns.
  raw.exec('PRAGMA synchronous = FULL')
  raw.exec('PRAGMA foreign_keys = ON')
  // So that REPLACE cannot delete behind the triggers that keep the ledger append-only.
  raw.exec('PRAGMA recursive_triggers = ON')
  raw.exec('BEGIN IMMEDIATE; COMMIT')
  raw.exec(`PRAGMA busy_timeout = ${patienceMs}`)
  return raw
}

function serve(raw: DatabaseSync): void {
  const prepared = createStatements(raw)
  const afterCommit = keepLogShort(raw, file, patienceMs)
  /** Rows that were read, and how many of them were fetched already. */
  const left = new Map<number, { rows: unknown[]; sent: number }>()

  const sendPart = (id: number, { rows, sent }: { rows: unknown[]; sent: number }) => {
    const upTo = sent + rowsAMessage
    const isLast = rows.length <= upTo
    if (isLast) left.delete(id)
    else left.set(id, { rows, sent: upTo })
    send({ id, isLast, rows: rows.slice(sent, upTo) })
  }

  const run = ({ sql, parameters, inTransaction }: Extract<Order, { do: 'run' }>): Done => {
    // Where the disk is full, SQLite rolls back by itself. What follows must not be written as if nothing had happened.
    if (inTransaction && !raw.isTransaction) throw new RolledBack()
    const { statement, isReader } = prepared(sql)
    if (isReader) return { rows: statement.all(...parameters) }
    return { rows: [], written: statement.run(...parameters) }
  }

  const perform = (order: Order): Done => {
    if (order.do === 'run') return run(order)
    if (order.do === 'copy') copyStore(raw, order.to)
    else if (order.do === 'begin') raw.exec('BEGIN IMMEDIATE')
    else if (order.do === 'commit') raw.exec('COMMIT')
    else if (order.do === 'close') raw.close()
    // Saying it again after SQLite did it by itself would hide the reason behind "no transaction is active".
    else if (raw.isTransaction) raw.exec('ROLLBACK')
    return { rows: [] }
  }

  port.on('message', ({ id, ...order }: Message) => {
    try {
      if (order.do === 'more') {
        sendPart(id, left.get(id) ?? { rows: [], sent: 0 })
        return
      }
      const { rows, written } = perform(order)
      if (written) send({ id, isLast: true, rows, written })
      else sendPart(id, { rows, sent: 0 })
    } catch (error) {
      send({ id, fault: faultOf(error) })
    }
    if (order.do === 'close') port.close()
    else if (role === 'writer' && !raw.isTransaction) afterCommit()
  })
}

function send(answer: Answer): void {
  port.postMessage(answer)
}

function faultOf(error: unknown): Fault {
  const { message, code, errcode } = error as Fault
  return { message, ...(code !== undefined && { code }), ...(errcode !== undefined && { errcode }) }
}

class RolledBack extends Error {
  readonly code = 'ERR_SQLITE_ERROR'

  constructor() {
    super('the transaction was rolled back by the store itself')
    this.name = 'RolledBack'
  }
}

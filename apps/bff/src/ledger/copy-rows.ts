import { createHash } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { Database, Tx } from '../database/schema.ts'

/** What only says who is at work at the moment; the steps of the schema are the target's own. */
const left = new Set(['writer', 'turns', 'call_budgets'])
const isOurs = (name: string) => !/^(kysely_|sqlite_)/.test(name) && name !== 'schema_additions' && !left.has(name)
/** Tables that others point to. */
const first = ['people', 'signing_keys', 'checkpoints']

const pageSize = 500

/** The target has something in it already. Nothing was changed. */
export class TargetNotEmpty extends Error {
  constructor(table: string) {
    super(`it holds data of Lockdesk already (in the table ${table}). Name a database that is empty`)
    this.name = 'TargetNotEmpty'
  }
}

/** What was read there is not what was written here. */
export class CopyDiffers extends Error {
  constructor(table: string) {
    super(`the table ${table} does not come back as it was copied`)
    this.name = 'CopyDiffers'
  }
}

type Row = Record<string, unknown>
type Loose = Kysely<Record<string, Row>>

/**
 * Copies every row of a SQLite store into a PostgreSQL at the same schema, and reads all of them back: as many, and each the same.
 * @param to a transaction: where anything fails it leaves nothing
 * @returns how many rows each table has
 * @throws TargetNotEmpty, CopyDiffers
 */
export async function copyRows(from: Database, to: Tx): Promise<Map<string, number>> {
  const [source, target] = [from as unknown as Loose, to as unknown as Loose]
  const tables = (await from.introspection.getTables()).map(({ name }) => name).filter(isOurs)
  const order = [...first.filter(name => tables.includes(name)), ...tables.filter(name => !first.includes(name))]
  for (const table of order) if (table !== 'ledger' && (await hasRows(target, table))) throw new TargetNotEmpty(table)
  await target.deleteFrom('ledger').execute()
  const counts = new Map<string, number>()
  for (const table of order) {
    const sent = digest()
    for await (const rows of pagesOf(source, table)) {
      await target.insertInto(table).values(rows).execute()
      sent.add(rows)
    }
    const arrived = digest()
    for await (const rows of cursorOver(to, table)) arrived.add(rows)
    if (sent.text() !== arrived.text()) throw new CopyDiffers(table)
    counts.set(table, sent.count())
  }
  return counts
}

async function hasRows(database: Loose, table: string): Promise<boolean> {
  return (await database.selectFrom(table).selectAll().limit(1).executeTakeFirst()) !== undefined
}

async function* pagesOf(database: Loose, table: string): AsyncGenerator<Row[]> {
  const place = 'the place'
  for (let after = 0; ;) {
    const { rows } = await sql<Row>`
      select *, rowid as ${sql.id(place)} from ${sql.table(table)}
      where rowid > ${after} order by rowid limit ${pageSize}`.execute(database)
    const last = rows.at(-1)
    if (!last) return
    after = Number(last[place])
    for (const row of rows) delete row[place]
    yield rows
  }
}

async function* cursorOver(tx: Tx, table: string): AsyncGenerator<Row[]> {
  await sql`declare reading no scroll cursor for select * from ${sql.table(table)}`.execute(tx)
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.raw(String(pageSize))} from reading`.execute(tx)
    if (rows.length === 0) break
    yield rows
  }
  await sql`close reading`.execute(tx)
}

/** Of rows in any order: the two stores sort text differently. */
function digest() {
  const sum = Buffer.alloc(32)
  let count = 0
  return {
    add(rows: readonly Row[]): void {
      for (const row of rows) {
        const said = JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        const one = createHash('sha256').update(said).digest()
        for (const [at, byte] of one.entries()) sum[at] = (sum[at] ?? 0) ^ byte
        count += 1
      }
    },
    count: () => count,
    text: () => `${count} ${sum.toString('hex')}`,
  }
}

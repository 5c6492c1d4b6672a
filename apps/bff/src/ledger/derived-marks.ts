import type { Database, Tx } from '../database/schema.ts'

/** How far what is derived from the entries has come. */
export interface DerivedMarks {
  /** Number of the last entry that the holds know of. */
  holds: number
  /** The latest `at_by` among those. */
  'holds-edge': number
  /** Time of the last snapshot of the holds, and the number of the entry before which it was taken. */
  'snapshot-at': number
  'snapshot-number': number
  /** Number of the last entry that is counted. */
  tallies: number
}

const untouched: DerivedMarks = { holds: 0, 'holds-edge': 0, 'snapshot-at': 0, 'snapshot-number': 0, tallies: 0 }

export async function readMarks(database: Database): Promise<DerivedMarks> {
  const rows = await database.selectFrom('derived').select(['name', 'through']).execute()
  return { ...untouched, ...Object.fromEntries(rows.map(({ name, through }) => [name, through])) }
}

/** Moves marks on, in the transaction that brought things so far. */
export async function storeMarks(tx: Tx, marks: Partial<DerivedMarks>): Promise<void> {
  await tx
    .insertInto('derived')
    .values(Object.entries(marks).map(([name, through]) => ({ name, through })))
    .onConflict(conflict => conflict.column('name').doUpdateSet(eb => ({ through: eb.ref('excluded.through') })))
    .execute()
}

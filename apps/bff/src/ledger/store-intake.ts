import type { Tx } from '../database/schema.ts'
import { type NewEntry, appendEntries } from './append-entries.ts'
import { recordLives } from './draft-lives.ts'
import type { DraftRow } from './draft-row.ts'
import { inSlices } from './in-slices.ts'
import type { Entry } from './ledger.ts'
import type { Intake } from './take-in-reading.ts'

/** What was known of a draft before, so that only what changed is written. */
export interface Taken extends Intake {
  /** Null for a draft never seen before. */
  before: DraftRow | null
}

/**
 * Writes what readings and takes changed: the entries in the order given (`first` before all), the rows, and the end of settled intents.
 * @returns the entries, numbered
 */
export async function storeIntake(
  tx: Tx,
  taken: readonly Taken[],
  recordedAt: number,
  first: readonly NewEntry[] = [],
): Promise<Entry[]> {
  const entries = await appendEntries(
    tx,
    [...first, ...taken.flatMap(({ entries }) => entries.map(({ entry }) => entry))],
    recordedAt,
  )
  let next = first.length
  const rows: StoredRow[] = []
  for await (const slice of inSlices(taken))
    for (const { before, row, entries: own } of slice) {
      let lastNumber = row.last_number
      for (const { isTransition } of own) {
        const number = entries[next++]?.number
        if (isTransition && number !== undefined) lastNumber = number
      }
      const changed = before === null ? [] : changes(before, row, lastNumber)
      if (before === null || changed.length > 0)
        rows.push({ before, row: { ...row, last_number: lastNumber }, changed })
    }
  await storeRows(tx, rows, recordedAt)
  await recordLives(tx, rows, recordedAt)
  const settled = taken.flatMap(intake => intake.settled.map(intent => intent.id))
  if (settled.length > 0) await tx.deleteFrom('intents').where('id', 'in', settled).execute()
  return entries
}

/** A row that is new, or of which something changed. */
interface StoredRow {
  before: DraftRow | null
  row: DraftRow
  changed: [column: string, value: unknown][]
}

const changes = (before: DraftRow, row: DraftRow, lastNumber: number) =>
  Object.entries({ ...row, last_number: lastNumber }).filter(
    ([column, value]) => before[column as keyof DraftRow] !== value,
  )

async function storeRows(tx: Tx, rows: readonly StoredRow[], touched: number): Promise<void> {
  const fresh = rows.filter(({ before }) => before === null)
  for await (const slice of inSlices(fresh, 200))
    await tx
      .insertInto('drafts')
      .values(slice.map(({ row }) => ({ ...row, touched })))
      .execute()
  for (const { before, row, changed } of rows) {
    if (before === null) continue
    await tx
      .updateTable('drafts')
      .set({ ...Object.fromEntries(changed), touched })
      .where('workspace', '=', row.workspace)
      .where('namespace', '=', row.namespace)
      .where('draft_id', '=', row.draft_id)
      .execute()
  }
}

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
      rows.push({ before, row: { ...row, last_number: lastNumber } })
    }
  await insertRows(tx, rows, recordedAt)
  await updateRows(tx, rows, recordedAt)
  await recordLives(tx, rows, recordedAt)
  const settled = taken.flatMap(intake => intake.settled.map(intent => intent.id))
  if (settled.length > 0) await tx.deleteFrom('intents').where('id', 'in', settled).execute()
  return entries
}

/** A row as it is to be stored, and as it was. */
interface StoredRow {
  before: DraftRow | null
  row: DraftRow
}

async function insertRows(tx: Tx, rows: readonly StoredRow[], touched: number): Promise<void> {
  const fresh = rows.filter(({ before }) => before === null)
  for await (const slice of inSlices(fresh, 200))
    await tx
      .insertInto('drafts')
      .values(slice.map(({ row }) => ({ ...row, touched })))
      .execute()
}

type Change = [column: string, value: unknown][]

/** Only what changed. Rows of which the same did, as where a whole sweep was left alone, share a statement. */
async function updateRows(tx: Tx, rows: readonly StoredRow[], touched: number): Promise<void> {
  const updates = new Map<string, { of: DraftRow; change: Change; draftIds: string[] }>()
  for await (const slice of inSlices(rows))
    for (const { before, row } of slice) {
      const change = before === null ? [] : changeOf(before, row)
      if (change.length === 0) continue
      const key = JSON.stringify([row.workspace, row.namespace, change])
      const same = updates.get(key)
      if (same) same.draftIds.push(row.draft_id)
      else updates.set(key, { of: row, change, draftIds: [row.draft_id] })
    }
  for (const { of, change, draftIds } of updates.values())
    for await (const some of inSlices(draftIds))
      await tx
        .updateTable('drafts')
        .set({ ...Object.fromEntries(change), touched })
        .where('workspace', '=', of.workspace)
        .where('namespace', '=', of.namespace)
        .where('draft_id', 'in', some)
        .execute()
}

const changeOf = (before: DraftRow, row: DraftRow): Change =>
  Object.entries(row).filter(([column, value]) => before[column as keyof DraftRow] !== value)

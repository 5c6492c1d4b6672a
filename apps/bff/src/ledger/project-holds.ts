import type { Tx } from '../database/schema.ts'
import { type DerivedMarks, readMarks, storeMarks } from './derived-marks.ts'
import { type HoldRow, applyTransition, draftKey, isTransition } from './fold-holds.ts'
import { isSnapshotDue, putIntoSnapshots, takeOutOfSnapshots, takeSnapshot } from './hold-snapshots.ts'
import type { Entry } from './ledger.ts'
import { nameKey } from './name-key.ts'

/** So many entries are taken in by one transaction: some tens of milliseconds. */
export const mostAtOnce = 2_000

/** How far things are after a write. */
export interface Progress {
  /** The holds know of every entry. */
  isLevel: boolean
  /** So many entries are not among the tallies yet. */
  uncounted: number
}

/**
 * Brings the table of holds up to the entries that were just appended; to be called in their transaction, after them. Where it is behind (an
 * upgrade, or a process of the release before wrote beside this one), it takes in what is missing, in order, and not more than
 * {@link mostAtOnce}; {@link catchUpHolds} does the rest.
 * @returns null where nothing was done: what makes no hold begin or end costs nothing
 */
export async function projectHolds(tx: Tx, appended: readonly Entry[]): Promise<Progress | null> {
  const [first, last] = [appended[0], appended.at(-1)]
  if (!first || !last || !appended.some(isTransition)) return null
  const marks = await readMarks(tx)
  const entries = marks.holds + 1 === first.number ? appended : await entriesBehind(tx, marks)
  const through = await takeIn(tx, marks, entries)
  return { isLevel: through === last.number, uncounted: last.number - marks.tallies }
}

/**
 * Takes in what the table of holds lacks, a piece at a time: to be called in transactions of its own, one after the other, until it says that
 * nothing is left.
 * @returns whether it is level with the ledger
 */
export async function catchUpHolds(tx: Tx): Promise<boolean> {
  const marks = await readMarks(tx)
  const entries = await entriesBehind(tx, marks)
  await takeIn(tx, marks, entries)
  return entries.length < mostAtOnce
}

const entriesBehind = (tx: Tx, marks: DerivedMarks): Promise<Entry[]> =>
  tx.selectFrom('entries').selectAll().where('number', '>', marks.holds).orderBy('number').limit(mostAtOnce).execute()

/**
 * @param entries all of them, in order, from the first that is not known to the table
 * @returns number of the last that is
 */
async function takeIn(tx: Tx, before: DerivedMarks, entries: readonly Entry[]): Promise<number> {
  const last = entries.at(-1)
  if (!last) return before.holds
  let marks = before
  const transitions = entries.filter(isTransition)
  for (let from = 0; from < transitions.length;) {
    const next = transitions[from]
    if (next && isSnapshotDue(marks, next)) marks = await takeSnapshot(tx, marks, next)
    // As far as no other snapshot is due: that one needs everything before it in the table.
    const ahead = transitions.slice(from, from + mostAtOnce)
    const due = ahead.findIndex((entry, index) => index > 0 && isSnapshotDue(marks, entry))
    const piece = due === -1 ? ahead : ahead.slice(0, due)
    await storePiece(tx, marks, piece)
    marks = { ...marks, 'holds-edge': Math.max(marks['holds-edge'], ...piece.map(entry => entry.at_by)) }
    from += piece.length
  }
  const { tallies: _, ...own } = marks
  await storeMarks(tx, { ...own, holds: last.number })
  return last.number
}

async function storePiece(tx: Tx, marks: DerivedMarks, transitions: readonly Entry[]): Promise<void> {
  const lasting = await holdsOf(tx, transitions)
  const changed = new Map<number, HoldRow>()
  for (const entry of transitions) {
    const key = draftKey(entry)
    const { ended, open } = applyTransition(lasting.get(key) ?? null, entry)
    for (const hold of [ended, open]) if (hold) changed.set(hold.opened, hold)
    if (open) lasting.set(key, open)
    else lasting.delete(key)
  }
  const rows = [...changed.values()]
  await storeHolds(tx, rows)
  const first = transitions[0]?.number ?? 0
  // A name may be new where a hold began, or went on by another one; what only ended brings none.
  await storeNames(
    tx,
    rows.filter(({ closed, opened }) => closed === null || opened >= first),
  )
  for (const hold of rows) {
    if (hold.opened >= first && hold.from_by <= marks['snapshot-at']) await putIntoSnapshots(tx, hold)
    if (hold.opened < first && hold.until_by !== null && hold.until_by <= marks['snapshot-at'])
      await takeOutOfSnapshots(tx, hold)
  }
}

/** The lasting holds of the drafts that transitions are about. */
async function holdsOf(tx: Tx, transitions: readonly Entry[]): Promise<Map<string, HoldRow>> {
  const keys = new Set(transitions.map(draftKey))
  const ids = [...new Set(transitions.map(({ draft_id }) => draft_id ?? ''))]
  const found = new Map<string, HoldRow>()
  for (const some of chunksOf(ids))
    for (const hold of await tx
      .selectFrom('holds')
      .selectAll()
      .where('draft_id', 'in', some)
      .where('until_by', 'is', null)
      .execute())
      if (keys.has(draftKey(hold))) found.set(draftKey(hold), hold)
  return found
}

async function storeHolds(tx: Tx, rows: readonly HoldRow[]): Promise<void> {
  for (const some of chunksOf(rows))
    await tx
      .insertInto('holds')
      .values(some)
      .onConflict(conflict =>
        conflict.column('opened').doUpdateSet(eb => ({
          draft_name: eb.ref('excluded.draft_name'),
          holder_name: eb.ref('excluded.holder_name'),
          claim_reason: eb.ref('excluded.claim_reason'),
          until_after: eb.ref('excluded.until_after'),
          until_by: eb.ref('excluded.until_by'),
          ended: eb.ref('excluded.ended'),
          closed: eb.ref('excluded.closed'),
        })),
      )
      .execute()
}

async function storeNames(tx: Tx, rows: readonly HoldRow[]): Promise<void> {
  const names = new Map(
    rows
      .filter(({ holder_name }) => holder_name !== '')
      .map(({ holder_id, holder_name }) => [
        JSON.stringify([holder_id, holder_name]),
        { name_key: nameKey(holder_name), holder_id },
      ]),
  )
  for (const some of chunksOf([...names.values()]))
    await tx
      .insertInto('holder_names')
      .values(some)
      .onConflict(conflict => conflict.doNothing())
      .execute()
}

/** A statement takes about 32,000 values. */
function chunksOf<Item>(items: readonly Item[], size = 500): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}

import type { BoardDraft } from '@lockdesk/contract'
import { draftKey } from '../../api/draft-key.ts'
import { holdOrder } from './hold-order.ts'

/** What the table is made from. */
export interface RowsAsked {
  /** The rows that match, in order, as of now. */
  fresh: readonly BoardDraft[]
  /** Everything the board has, by key: a row that no longer matches is still shown as it is now. */
  all: ReadonlyMap<string, BoardDraft>
  /** What the viewer asked for (filter, order): when that changes the order follows at once. */
  asked: string
  /** Somebody points at the table. */
  isHeld: boolean
}

export interface RowsShown extends RowsAsked {
  rows: readonly BoardDraft[]
  keys: readonly string[]
  /** What waits until nobody points at the table any more. */
  changes: number
}

/** The rows to show next: the fresh ones, or, while they are held, those shown before, with fresh content. */
export function followRows(before: RowsShown | null, now: RowsAsked): RowsShown {
  const freshKeys = now.fresh.map(({ ref }) => draftKey(ref))
  const follows = before === null || !now.isHeld || before.asked !== now.asked || before.keys.length === 0
  const { keys, changes } = follows ? { keys: freshKeys, changes: 0 } : holdOrder(before.keys, freshKeys)
  const last = new Map(before?.rows.map(row => [draftKey(row.ref), row]))
  const rows = keys.flatMap(key => {
    const row = now.all.get(key)
    if (row) return [row]
    // Gone from the board while it is pointed at: it stays, and says so.
    const gone = last.get(key)
    return gone ? [{ ...gone, deletedAt: gone.deletedAt ?? '', may: { take: false, takeOver: false } }] : []
  })
  return { ...now, rows, keys, changes }
}

import type { BoardDraft } from '@lockdesk/contract'
import { useMemo, useRef, useState } from 'react'
import { draftKey } from '../../api/draft-key.ts'
import { holdOrder } from './hold-order.ts'

export interface HeldRows {
  rows: readonly BoardDraft[]
  changes: number
  /** Lets the order catch up at once. */
  show(): void
}

interface Shown {
  keys: readonly string[]
  last: ReadonlyMap<string, BoardDraft>
  asked: string
}

/**
 * The rows to show: the fresh ones, or, while `isHeld`, those shown before, with fresh content.
 * @param all everything the board has, by key: a row that no longer matches is still shown as it is now
 * @param asked what the viewer asked for (filter, order): when that changes the order follows at once
 */
export function useHeldRows(
  fresh: readonly BoardDraft[],
  all: ReadonlyMap<string, BoardDraft>,
  asked: string,
  isHeld: boolean,
): HeldRows {
  const [turn, setTurn] = useState(0)
  const shown = useRef<Shown & { turn: number }>({ keys: [], last: new Map(), asked: '', turn })
  return useMemo(() => {
    const freshKeys = fresh.map(({ ref }) => draftKey(ref))
    const before = shown.current
    const follows = !isHeld || before.asked !== asked || before.turn !== turn || before.keys.length === 0
    const { keys, changes } = follows ? { keys: freshKeys, changes: 0 } : holdOrder(before.keys, freshKeys)
    const rows = keys.flatMap(key => {
      const row = all.get(key)
      if (row) return [row]
      // Gone from the board while it is pointed at: it stays, and says so.
      const gone = before.last.get(key)
      return gone ? [{ ...gone, deletedAt: gone.deletedAt ?? '', may: { take: false, takeOver: false } }] : []
    })
    const last = new Map(rows.map(row => [draftKey(row.ref), row]))
    shown.current = { keys: rows.map(({ ref }) => draftKey(ref)), last, asked, turn }
    return { rows, changes, show: () => setTurn(now => now + 1) }
  }, [fresh, all, asked, isHeld, turn])
}

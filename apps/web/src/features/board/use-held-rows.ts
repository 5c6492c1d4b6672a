import { useState } from 'react'
import { followRows, type RowsAsked } from './follow-rows.ts'

/** @returns the rows to show, how many changes wait, and a way to let them in at once; see {@link followRows} */
export function useHeldRows(now: RowsAsked) {
  const [shown, setShown] = useState(() => followRows(null, now))
  const isSame =
    shown.fresh === now.fresh && shown.all === now.all && shown.asked === now.asked && shown.isHeld === now.isHeld
  if (!isSame) setShown(followRows(shown, now))
  return { rows: shown.rows, changes: shown.changes, show: () => setShown(followRows(null, now)) }
}

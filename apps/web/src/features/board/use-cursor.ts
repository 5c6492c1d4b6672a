import type { BoardDraft, DraftRef } from '@lockdesk/contract'
import { useMemo, useRef, useState, type RefObject } from 'react'
import { draftKey, parseDraftKey } from '../../api/draft-key.ts'
import type { SearchState } from './search.ts'
import type { BoardView } from './use-board-view.ts'

export interface TableHandle {
  /** Brings a row into view and gives it the focus. */
  focusRow(key: string): void
}

/** Where one is on the board, and the ways from there. */
export interface Cursor {
  /** The row that keys are about: the one that was last gone to, else the open one. */
  at: string | null
  /** The draft whose panel is open, as the address says it. */
  openRef: DraftRef | null
  openKey: string | undefined
  /** To be filled in by the table. */
  table: RefObject<TableHandle | null>
  /** The focus has come into this row. */
  setAt(key: string): void
  open(key: string, how?: 'push' | 'replace'): void
  close(): void
  focus(key: string): void
  /** Once what was just asked for is on the page. */
  focusSoon(key: string): void
  /** To the row below or above; an open panel goes along. */
  move(by: 1 | -1, takesFocus?: boolean): void
  /** The draft that a key pressed now is about: the one with the focus, else the open one. */
  target(): BoardDraft | undefined
}

/** @param words what is filtered by: opening a draft does not wait until the address has it */
export function useCursor(
  { rows, byKey }: Pick<BoardView, 'rows' | 'byKey'>,
  { search, onSearch }: SearchState,
  words: string,
): Cursor {
  const [lastAt, setAt] = useState<string | null>(null)
  const table = useRef<TableHandle>(null)
  const { open: inAddress } = search
  const openRef = useMemo(() => (inAddress === undefined ? null : parseDraftKey(inAddress)), [inAddress])
  const openKey = openRef === null ? undefined : draftKey(openRef)
  const at = lastAt ?? openKey ?? null

  const focus = (key: string) => table.current?.focusRow(key)
  const focusSoon = (key: string) => void requestAnimationFrame(() => focus(key))
  const open = (key: string, how: 'push' | 'replace' = 'push') => {
    setAt(key)
    if (key !== openKey) onSearch({ ...search, q: words === '' ? undefined : words, open: key }, how)
  }
  return {
    at,
    openRef,
    openKey,
    table,
    setAt,
    open,
    focus,
    focusSoon,
    close() {
      const { open: was, ...rest } = search
      if (was === undefined) return
      onSearch(rest, 'push')
      // After the panel has gone: its focus comes back to the row that it was opened from.
      if (openKey !== undefined) focusSoon(openKey)
    },
    move(by, takesFocus = true) {
      if (rows.length === 0) return
      const index = rows.findIndex(({ ref }) => draftKey(ref) === at)
      const next = rows[index < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, index + by))]
      if (!next) return
      const key = draftKey(next.ref)
      setAt(key)
      if (takesFocus) focus(key)
      if (openKey !== undefined) open(key, 'replace')
    },
    target() {
      const focused = document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset['key']
      const key = focused ?? openKey ?? at
      return key === null ? undefined : byKey.get(key)
    },
  }
}

import type { BoardDraft } from '@lockdesk/contract'
import { useCallback, useImperativeHandle, useRef, type ReactNode } from 'react'
import { draftKey } from '../../api/draft-key.ts'
import { useMessages } from '../../i18n/messages.ts'
import { lookOf } from '../../live/look.ts'
import { useLatest } from '../../ui/latest.ts'
import { BoardRow } from './board-row.tsx'
import './board-table.css'
import { boardMessages } from './messages.ts'
import { isVouchedFor, namespaceKey } from './freshness-of.ts'
import type { SortColumn } from './search.ts'
import { SkeletonRows, skeletonCount } from './skeleton-rows.tsx'
import { SortHead } from './sort-head.tsx'
import type { BoardView } from './use-board-view.ts'
import type { Cursor } from './use-cursor.ts'
import { usePointing } from './use-pointing.ts'
import { useRowHeight } from './use-row-height.ts'
import { useWindow } from './use-window.ts'

/** `--bar-head` in pixels. */
const headHeight = 32

export interface BoardTableProps {
  view: Pick<BoardView, 'rows' | 'me' | 'now' | 'freshness' | 'sort'>
  isLoading: boolean
  cursor: Cursor
  taking: ReadonlySet<string>
  /** Stands in place of rows where there are none. */
  children: ReactNode
  onSort(sort: string | undefined): void
  onAct(draft: BoardDraft): void
  /** Somebody points into the table, or no longer does. */
  onHeld(isHeld: boolean): void
}

/** The rows, of which only those in view are in the page; to a screen reader it is a table of all of them. */
export function BoardTable(props: BoardTableProps) {
  const { isLoading, cursor, taking } = props
  const { rows, me, now, freshness, sort } = props.view
  const words = useMessages(boardMessages)
  const box = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const { height, isCards } = useRowHeight(box)
  const { first, last, reveal } = useWindow(box, rows.length, height, isCards ? 0 : headHeight)
  usePointing(body, props.onHeld)
  const { register, focus } = useRowFocus()

  useImperativeHandle(cursor.table, () => ({
    focusRow(key) {
      const index = rows.findIndex(({ ref }) => draftKey(ref) === key)
      if (index < 0) return
      reveal(index)
      focus(key)
    },
  }))

  const latest = useLatest(props)
  const onOpen = useCallback((key: string) => latest.current.cursor.open(key), [latest])
  const onAct = useCallback((draft: BoardDraft) => latest.current.onAct(draft), [latest])
  const onCursor = useCallback((key: string) => latest.current.cursor.setAt(key), [latest])

  const cursorAt = cursor.at === null ? -1 : rows.findIndex(({ ref }) => draftKey(ref) === cursor.at)
  /** The one row that the Tab key reaches; it stays in the page when it is scrolled away, and the focus with it. */
  const reachable = Math.max(0, cursorAt)
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
  if (reachable < first && reachable < rows.length) shown.unshift(reachable)
  if (reachable > last && reachable < rows.length) shown.push(reachable)

  const head = (column: SortColumn) => (
    <SortHead column={column} sort={sort} label={words.columns[column]} onSort={props.onSort} />
  )
  return (
    <div className="scroll" ref={box}>
      <div
        role="table"
        className={isCards ? 'board is-cards' : 'board'}
        aria-label={words.table}
        aria-rowcount={isLoading ? -1 : rows.length + 1}
        aria-busy={isLoading}
      >
        <div role="rowgroup" className="head">
          <div role="row" className="row" aria-rowindex={1}>
            {head('state')}
            {head('name')}
            {head('folder')}
            {head('holder')}
            {head('since')}
            <div role="columnheader" className="c-reason">
              {words.columns.reason}
            </div>
            {head('modified')}
            <div role="columnheader" className="c-act">
              <span className="sr">{words.columns.action}</span>
            </div>
          </div>
        </div>
        <div
          ref={body}
          role="rowgroup"
          className="body"
          style={{ height: height * (isLoading ? skeletonCount : rows.length) }}
        >
          {isLoading && <SkeletonRows height={height} />}
          {shown.map(index => {
            const draft = rows[index]
            if (!draft) return null
            const key = draftKey(draft.ref)
            const fresh = freshness.get(namespaceKey(draft.ref))
            return (
              <BoardRow
                key={key}
                rowKey={key}
                draft={draft}
                index={index}
                height={height}
                me={me}
                look={lookOf(draft, me, now)}
                lastSeenAt={isVouchedFor(fresh) ? null : (fresh?.lastSweepAt ?? draft.lock?.seenSince.by ?? '')}
                isCursor={index === reachable}
                isOpen={key === cursor.openKey}
                isTaking={taking.has(key)}
                register={register}
                onCursor={onCursor}
                onOpen={onOpen}
                onAct={onAct}
              />
            )
          })}
        </div>
      </div>
      {props.children}
    </div>
  )
}

/** Gives a row the focus: at once where it is in the page, else as soon as it is. */
function useRowFocus() {
  const elements = useRef(new Map<string, HTMLElement>())
  const wanted = useRef<string | null>(null)
  const focus = useCallback((key: string) => {
    const element = elements.current.get(key)
    wanted.current = element ? null : key
    element?.focus({ preventScroll: true })
  }, [])
  const register = useCallback(
    (key: string, element: HTMLElement | null) => {
      if (!element) elements.current.delete(key)
      else {
        elements.current.set(key, element)
        if (key === wanted.current) focus(key)
      }
    },
    [focus],
  )
  return { register, focus }
}

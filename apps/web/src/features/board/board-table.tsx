import type { BoardDraft, Freshness, Me } from '@lockdesk/contract'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useCallback, useLayoutEffect, useRef, useState, type ReactNode, type Ref, type RefObject } from 'react'
import { draftKey } from '../../api/draft-key.ts'
import { useMessages } from '../../i18n/messages.ts'
import { lookOf } from '../../live/look.ts'
import { Skeleton } from '../../ui/notice.tsx'
import { BoardRow } from './board-row.tsx'
import './board-table.css'
import { boardMessages } from './messages.ts'
import { nextSort, type Sort, type SortColumn } from './search.ts'

/** Widths below this show each row as a card of two lines; the style sheet says the same. */
const cardsBelow = 640
/** `--bar-head` in pixels. */
const headHeight = 32

export interface BoardTableProps {
  rows: readonly BoardDraft[]
  isLoading: boolean
  me: Me
  now: number
  freshness: ReadonlyMap<string, Freshness>
  sort: Sort
  cursor: string | null
  open: string | undefined
  taking: ReadonlySet<string>
  /** Stands in place of rows where there are none. */
  empty: ReactNode
  /** Lets the keys move: see {@link TableHandle}. */
  handle: Ref<TableHandle>
  onSort(sort: string | undefined): void
  onCursor(key: string): void
  onOpen(key: string): void
  onAct(draft: BoardDraft): void
  /** Somebody points into the table, or has the focus in it; false after a while without a move. */
  onHeld(isHeld: boolean): void
}

export interface TableHandle {
  /** Brings a row into view and gives it the focus. */
  focusRow(key: string): void
}

export const namespaceKey = (of: { workspace: string; namespace: string }) => `${of.workspace}/${of.namespace}`

/** The rows, of which only those in view are in the page; to a screen reader it is a table of all of them. */
export function BoardTable(props: BoardTableProps) {
  const { rows, isLoading, me, now, freshness, sort, cursor, open, taking, onHeld } = props
  const words = useMessages(boardMessages)
  const scroll = useRef<HTMLDivElement>(null)
  const elements = useRef(new Map<string, HTMLElement>())
  const wanted = useRef<string | null>(null)
  const { height, isCards } = useRowHeight(scroll)
  const cursorAt = cursor === null ? -1 : rows.findIndex(({ ref }) => draftKey(ref) === cursor)
  const focusable = cursorAt >= 0 ? cursorAt : 0

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 8,
    // The head lies in the same box, above the rows.
    scrollPaddingEnd: isCards ? 0 : headHeight,
    // The row with the focus stays in the page when it is scrolled away, so that the focus does.
    rangeExtractor: range => {
      const shown = defaultRangeExtractor(range)
      if (shown.includes(focusable) || focusable >= rows.length) return shown
      return focusable < (shown[0] ?? 0) ? [focusable, ...shown] : [...shown, focusable]
    },
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height])

  const focusNow = useCallback(() => {
    const element = wanted.current === null ? undefined : elements.current.get(wanted.current)
    if (!element) return
    wanted.current = null
    element.focus({ preventScroll: true })
  }, [])
  const register = useCallback(
    (key: string, element: HTMLElement | null) => {
      if (element) elements.current.set(key, element)
      else elements.current.delete(key)
      if (key === wanted.current) focusNow()
    },
    [focusNow],
  )
  useHandle(props.handle, key => {
    const index = rows.findIndex(({ ref }) => draftKey(ref) === key)
    if (index < 0) return
    wanted.current = key
    virtualizer.scrollToIndex(index)
    focusNow()
  })
  const pointing = usePointing(onHeld)

  const callbacks = useRef(props)
  callbacks.current = props
  const onOpen = useCallback((key: string) => callbacks.current.onOpen(key), [])
  const onAct = useCallback((draft: BoardDraft) => callbacks.current.onAct(draft), [])

  const head = (column: SortColumn) => (
    <SortHead column={column} sort={sort} label={words.columns[column]} onSort={props.onSort} />
  )
  return (
    <div className="scroll" ref={scroll}>
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
          role="rowgroup"
          className="body"
          style={{ height: isLoading ? height * skeletons.length : virtualizer.getTotalSize() }}
          {...pointing}
          onFocus={event => {
            const key = (event.target as Element).closest<HTMLElement>('[data-key]')?.dataset['key']
            if (key !== undefined) props.onCursor(key)
            pointing.onFocus()
          }}
        >
          {isLoading &&
            skeletons.map(([state, name, holder, since], index) => (
              <div
                key={name}
                className="row"
                aria-hidden
                style={{ height, transform: `translateY(${index * height}px)` }}
              >
                <div className="c-state">
                  <Skeleton width={state} />
                </div>
                <div className="c-name">
                  <Skeleton width={name} />
                </div>
                <div className="c-folder" />
                <div className="c-holder">{holder > 0 && <Skeleton width={holder} />}</div>
                <div className="c-since">{since > 0 && <Skeleton width={since} />}</div>
              </div>
            ))}
          {virtualizer.getVirtualItems().map(({ index, start }) => {
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
                top={start}
                height={height}
                me={me}
                look={lookOf(draft, me, now)}
                lastSeenAt={isVouchedFor(fresh) ? null : (fresh?.lastSweepAt ?? draft.lock?.seenSince.by ?? '')}
                isCursor={index === focusable}
                isOpen={key === open}
                isTaking={taking.has(key)}
                register={register}
                onOpen={onOpen}
                onAct={onAct}
              />
            )
          })}
        </div>
      </div>
      {props.empty}
    </div>
  )
}

/** Whether somebody has looked lately enough to say that it is so. */
export function isVouchedFor(fresh: Freshness | undefined): boolean {
  return fresh === undefined || (fresh.state === 'live' && fresh.complete)
}

/** Widths, in pixels, of what stands in the rows before there are any. */
const skeletons = [
  [58, 190, 90, 70],
  [58, 130, 70, 60],
  [58, 220, 0, 0],
  [58, 160, 100, 66],
  [58, 181, 0, 0],
  [58, 110, 84, 62],
  [58, 205, 0, 0],
  [58, 145, 92, 70],
] as const

interface SortHeadProps {
  column: SortColumn
  sort: Sort
  label: string
  onSort(sort: string | undefined): void
}

function SortHead({ column, sort, label, onSort }: SortHeadProps) {
  const isBy = sort.by === column
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      className={`c-${column}`}
      aria-sort={isBy ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" onClick={() => onSort(nextSort(sort, column))}>
        {label}
        {isBy && <Arrow className="i" aria-hidden />}
      </button>
    </div>
  )
}

function useHandle(handle: Ref<TableHandle>, focusRow: (key: string) => void) {
  const latest = useRef(focusRow)
  latest.current = focusRow
  useLayoutEffect(() => {
    const value: TableHandle = { focusRow: key => latest.current(key) }
    if (typeof handle === 'function') handle(value)
    else if (handle) handle.current = value
  }, [handle])
}

/** The height of a row comes from the tokens, and whether it is a card from the room there is. */
function useRowHeight(scroll: RefObject<HTMLElement | null>): { height: number; isCards: boolean } {
  const [room, setRoom] = useState({ height: 36, isCards: false })
  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    const measure = () => {
      const isCards = element.clientWidth < cardsBelow
      const token = Number.parseFloat(getComputedStyle(element).getPropertyValue(isCards ? '--card' : '--row'))
      const height = Number.isFinite(token) ? token : 36
      setRoom(before => (before.height === height && before.isCards === isCards ? before : { height, isCards }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroll])
  return room
}

const restsAfterMs = 10_000

/** Holds while the focus is inside, or the mouse is and has moved lately: a mouse left lying there holds nothing for ever. */
function usePointing(onHeld: (isHeld: boolean) => void) {
  const at = useRef({ pointer: false, focus: false, timer: undefined as ReturnType<typeof setTimeout> | undefined })
  const tell = () => onHeld(at.current.pointer || at.current.focus)
  const rest = () => {
    at.current.pointer = false
    tell()
  }
  useLayoutEffect(() => () => clearTimeout(at.current.timer), [])
  return {
    onPointerMove(event: { pointerType: string }) {
      if (event.pointerType !== 'mouse') return
      clearTimeout(at.current.timer)
      at.current.timer = setTimeout(rest, restsAfterMs)
      if (at.current.pointer) return
      at.current.pointer = true
      tell()
    },
    onPointerLeave() {
      clearTimeout(at.current.timer)
      rest()
    },
    onFocus() {
      at.current.focus = true
      tell()
    },
    onBlur(event: { currentTarget: Element; relatedTarget: EventTarget | null }) {
      if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return
      at.current.focus = false
      tell()
    },
  }
}

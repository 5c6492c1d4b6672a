import type { Board as BoardData, BoardDraft, DraftRef, Freshness, Me } from '@lockdesk/contract'
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ComponentType,
  type RefObject,
} from 'react'
import { draftKey, parseDraftKey } from '../../api/draft-key.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { useReadBoardAgain } from '../../live/provider.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.tsx'
import { useCopy } from '../../ui/copy.tsx'
import { usePanelCovers } from '../../ui/covers.ts'
import { useKeys } from '../../ui/keys.ts'
import { useLetterKeys } from '../../ui/letter-keys.tsx'
import '../../ui/panel.css'
import { draftTitle } from '../../ui/shown-name.ts'
import { useToasts } from '../../ui/toast.tsx'
import './board.css'
import { BoardTable, type TableHandle } from './board-table.tsx'
import { CountStrip } from './count-strip.tsx'
import { EmptyBoard } from './empty-board.tsx'
import { FilterBox } from './filter-box.tsx'
import { FreshnessBanner } from './freshness-banner.tsx'
import { namespaceKey } from './freshness-of.ts'
import { boardMessages } from './messages.ts'
import { actionOf, openEditor, whyNot } from './row-action.ts'
import { readSort, type BoardSearch } from './search.ts'
import { countStates, inScope, isInState, matching, rankOf, sorted } from './select-rows.ts'
import { StatusBar } from './status-bar.tsx'
import { useFilterText } from './use-filter-text.ts'
import { useHeldRows } from './use-held-rows.ts'

/** What the page lays beside the table for the draft that is open. */
export interface OpenDraft {
  draftRef: DraftRef
  row: BoardDraft | undefined
  freshness: Freshness | undefined
  onClose(): void
  onStep(by: 1 | -1): void
}

export interface BoardProps {
  me: Me
  /** Undefined until it has been read for the first time. */
  board: BoardData | undefined
  error: Error | null
  search: BoardSearch
  /** Opening and choosing are steps of the history; typing is not. */
  onSearch(next: BoardSearch, how: 'push' | 'replace'): void
  filterRef: RefObject<HTMLInputElement | null>
  /** Keys of drafts whose take is under way. */
  taking: ReadonlySet<string>
  onTake(draft: BoardDraft): void
  onTakeOver(draft: BoardDraft): void
  Panel: ComponentType<OpenDraft>
}

const noDrafts: readonly BoardDraft[] = []
const noNamespaces: readonly Freshness[] = []

/** Who holds what, and the one thing that one may do about it. */
export function Board(props: BoardProps) {
  const { me, board, error, search, onSearch, filterRef, taking, onTake, onTakeOver } = props
  const words = useMessages(boardMessages)
  const language = useLanguage()
  const now = useNow(10_000)
  const copy = useCopy()
  const toasts = useToasts()
  const announce = useAnnounce()
  const readAgain = useReadBoardAgain()
  const { on: letterKeys } = useLetterKeys()
  const covers = usePanelCovers()
  const [cursor, setCursor] = useState<string | null>(null)
  const [isHeld, setHeld] = useState(false)
  const table = useRef<TableHandle>(null)

  const filter = useFilterText(search.q ?? '', q => onSearch({ ...search, q: q === '' ? undefined : q }, 'replace'))
  const query = useDeferredValue(filter.words)
  const sort = useMemo(() => readSort(search.sort), [search.sort])
  const { workspace, ns, state, open } = search

  const drafts = board?.drafts ?? noDrafts
  const scope = useMemo(() => inScope(drafts, { workspace, ns }), [drafts, workspace, ns])
  const counts = useMemo(() => countStates(scope, me, now), [scope, me, now])
  const namespaces = useMemo(
    () =>
      (board?.namespaces ?? []).filter(
        one => (workspace === undefined || one.workspace === workspace) && (ns === undefined || one.namespace === ns),
      ),
    [board?.namespaces, workspace, ns],
  )
  const freshness = useMemo(() => new Map(board?.namespaces.map(one => [namespaceKey(one), one])), [board?.namespaces])
  const inState = useMemo(
    () => (state === undefined ? scope : scope.filter(draft => isInState(draft, state, me, now))),
    [scope, state, me, now],
  )
  const isSorted = search.sort !== undefined
  const select = useCallback(
    (text: string) => {
      const found = sorted(matching(inState, text), sort, me, now, language === 'zh' ? 'zh-CN' : 'en')
      // Whoever types three letters of a name and presses Enter means the name; an order that was asked for stays.
      if (isSorted || text.trim() === '') return found
      return found.toSorted((a, b) => rankOf(a, text) - rankOf(b, text))
    },
    [inState, sort, isSorted, me, now, language],
  )
  const fresh = useMemo(() => select(query), [select, query])
  const byKey = useMemo(() => new Map(drafts.map(draft => [draftKey(draft.ref), draft])), [drafts])
  const asked = JSON.stringify([workspace, ns, state, query, search.sort, language])
  const { rows, changes, show } = useHeldRows({ fresh, all: byKey, asked, isHeld })

  const openRef = useMemo(() => (open === undefined ? null : parseDraftKey(open)), [open])
  const openKey = openRef === null ? undefined : draftKey(openRef)
  const cursorKey = cursor ?? openKey ?? null

  const openDraft = (key: string, how: 'push' | 'replace' = 'push') => {
    setCursor(key)
    const q = filter.words
    if (key !== openKey) onSearch({ ...search, q: q === '' ? undefined : q, open: key }, how)
  }
  const close = () => {
    const { open: was, ...rest } = search
    if (was === undefined) return
    onSearch(rest, 'push')
    const key = openKey
    // After the panel has gone: its focus comes back to the row that it was opened from.
    if (key !== undefined) requestAnimationFrame(() => table.current?.focusRow(key))
  }
  const move = (by: 1 | -1, takesFocus = true) => {
    if (rows.length === 0) return
    const at = rows.findIndex(({ ref }) => draftKey(ref) === cursorKey)
    const next = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))]
    if (!next) return
    const key = draftKey(next.ref)
    setCursor(key)
    if (takesFocus) table.current?.focusRow(key)
    if (openKey !== undefined) openDraft(key, 'replace')
  }
  const act = (draft: BoardDraft) => {
    const action = actionOf(draft, me)
    if (action === 'open') openEditor(draft)
    else if (action === 'take') onTake(draft)
    else if (action === 'take-over') onTakeOver(draft)
  }
  /** The row that keys are about: the one with the focus, else the open one. */
  const target = () => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset['key']
    const key = focused ?? openKey ?? cursorKey
    return key === null ? undefined : byKey.get(key)
  }

  useKeys({
    Enter: () => (cursorKey === null ? false : openDraft(cursorKey)),
    Escape: openKey === undefined ? undefined : close,
    ArrowDown: () => isInTable() && move(1),
    ArrowUp: () => isInTable() && move(-1),
  })
  useKeys(
    {
      j: () => move(1),
      k: () => move(-1),
      m: () => onSearch({ ...search, state: state === 'mine' ? undefined : 'mine' }, 'push'),
      c: () => copyLink(target()),
      o: () => {
        const draft = target()
        if (draft) openEditor(draft)
      },
      t: event => {
        const draft = target()
        if (!draft || event.repeat || taking.has(draftKey(draft.ref))) return
        const not = whyNot(draft)
        if (not === null) act(draft)
        else
          toasts.show({
            title: draftTitle(draft.name, draft.ref.draftId),
            body: words.whyNot[not],
            key: 'why-not',
            announce: words.whyNot[not],
          })
      },
    },
    letterKeys,
  )
  const copyLink = (draft?: BoardDraft) => {
    const url = new URL(location.href)
    if (draft) url.searchParams.set('open', draftKey(draft.ref))
    void copy(url.href.replaceAll('%2F', '/'), words.linkCopied)
  }

  const shownCount = rows.length
  const isLoading = board === undefined && error === null
  const spoken = useRef(query)
  useEffect(() => {
    if (spoken.current === query) return
    spoken.current = query
    announce(words.summary(shownCount, counts.all))
  }, [query, shownCount, counts.all, announce, words])

  return (
    <div className="split">
      <div className="left" inert={covers && openKey !== undefined}>
        <CountStrip
          counts={counts}
          search={{ ...search, q: filter.words || undefined }}
          onCopyLink={() => copyLink()}
        />
        <div className="toolbar">
          <FilterBox
            inputRef={filterRef}
            text={filter.text}
            total={counts.all}
            onText={filter.setWords}
            onComposing={filter.setText}
            onEnter={() => {
              const first = select(filter.words)[0]
              if (!first) return
              const key = draftKey(first.ref)
              filterRef.current?.blur()
              openDraft(key)
              requestAnimationFrame(() => table.current?.focusRow(key))
            }}
            onDown={() => {
              const first = rows[0]
              if (first) table.current?.focusRow(draftKey(first.ref))
            }}
          />
        </div>
        <FreshnessBanner namespaces={namespaces} all={board?.namespaces ?? noNamespaces} drafts={scope} />
        {board === undefined && error !== null ? (
          <div className="void" role="alert">
            <h2>{words.failedTitle}</h2>
            <p>{words.failedText}</p>
            <div className="acts">
              <Button onClick={readAgain}>{words.retry}</Button>
            </div>
          </div>
        ) : (
          <BoardTable
            rows={rows}
            isLoading={isLoading}
            me={me}
            now={now}
            freshness={freshness}
            sort={sort}
            cursor={cursorKey}
            open={openKey}
            taking={taking}
            handle={table}
            onSort={next => onSearch({ ...search, sort: next }, 'push')}
            onCursor={setCursor}
            onOpen={openDraft}
            onAct={act}
            onHeld={setHeld}
            empty={
              board !== undefined && rows.length === 0 ? (
                <EmptyBoard
                  board={board}
                  namespaces={namespaces}
                  counts={counts}
                  search={search}
                  query={query}
                  withoutQuery={inState.length}
                  onClearQuery={() => filter.setWords('')}
                  onShowAll={() => onSearch({ ...search, state: undefined, q: undefined }, 'push')}
                />
              ) : null
            }
          />
        )}
        <StatusBar
          shown={rows.length}
          all={counts.all}
          namespaces={namespaces}
          changes={changes}
          isPanelOpen={openKey !== undefined}
          onShow={show}
        />
      </div>
      {openRef !== null && openKey !== undefined && (
        <props.Panel
          draftRef={openRef}
          row={byKey.get(openKey)}
          freshness={freshness.get(namespaceKey(openRef))}
          onClose={close}
          onStep={by => move(by, false)}
        />
      )}
    </div>
  )
}

function isInTable(): boolean {
  return document.activeElement?.closest('[data-key]') instanceof HTMLElement
}

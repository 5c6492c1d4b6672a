import type { BoardDraft, DraftRef, Freshness } from '@lockdesk/contract'
import { useDeferredValue, useState, type ComponentType, type RefObject } from 'react'
import { draftKey } from '../../api/draft-key.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useBoard, useReadBoardAgain, useViewer } from '../../live/provider.tsx'
import { Button } from '../../ui/button.tsx'
import { usePanelCovers } from '../../ui/covers.ts'
import '../../ui/panel.css'
import './board.css'
import { BoardTable } from './board-table.tsx'
import { CountStrip } from './count-strip.tsx'
import { EmptyBoard } from './empty-board.tsx'
import { FilterBox } from './filter-box.tsx'
import { FreshnessBanner } from './freshness-banner.tsx'
import { namespaceKey } from './freshness-of.ts'
import { boardMessages } from './messages.ts'
import { act, type Desk } from './row-action.ts'
import type { SearchState } from './search.ts'
import { StatusBar } from './status-bar.tsx'
import { useBoardKeys } from './use-board-keys.ts'
import { useBoardView } from './use-board-view.ts'
import { useCursor } from './use-cursor.ts'
import { useFilterText } from './use-filter-text.ts'
import { Void } from './void.tsx'

/** What the page lays beside the table for the draft that is open. */
export interface OpenDraft {
  draftRef: DraftRef
  row: BoardDraft | undefined
  freshness: Freshness | undefined
  onClose(): void
  onStep(by: 1 | -1): void
}

export interface BoardProps extends SearchState {
  filterRef: RefObject<HTMLInputElement | null>
  desk: Desk
  Panel: ComponentType<OpenDraft>
}

/** Who holds what, and the one thing that one may do about it. */
export function Board({ search, onSearch, filterRef, desk, Panel }: BoardProps) {
  const words = useMessages(boardMessages)
  const me = useViewer()
  const { data: board, error } = useBoard()
  const readAgain = useReadBoardAgain()
  const covers = usePanelCovers()
  const [isHeld, setHeld] = useState(false)

  const filter = useFilterText(search.q ?? '', q => onSearch({ ...search, q: q === '' ? undefined : q }, 'replace'))
  const query = useDeferredValue(filter.words)
  const view = useBoardView({ board, me, search, query, isHeld })
  const cursor = useCursor(view, { search, onSearch }, filter.words)
  useBoardKeys(cursor, { search, onSearch }, me, desk)

  const { openRef, openKey } = cursor
  const openFirst = () => {
    const first = view.select(filter.words)[0]
    if (!first) return
    const key = draftKey(first.ref)
    filterRef.current?.blur()
    cursor.open(key)
    cursor.focusSoon(key)
  }
  const goToFirst = () => {
    const first = view.rows[0]
    if (first) cursor.focus(draftKey(first.ref))
  }

  return (
    <div className="split">
      <div className="left" inert={covers && openKey !== undefined}>
        <CountStrip counts={view.counts} search={{ ...search, q: filter.words || undefined }} />
        <div className="toolbar">
          <FilterBox
            inputRef={filterRef}
            filter={filter}
            total={view.counts.all}
            onEnter={openFirst}
            onDown={goToFirst}
          />
        </div>
        <FreshnessBanner namespaces={view.namespaces} all={view.allNamespaces} drafts={view.scope} />
        {board === undefined && error !== null ? (
          <Void role="alert" title={words.failedTitle} text={words.failedText}>
            <Button onClick={readAgain}>{words.retry}</Button>
          </Void>
        ) : (
          <BoardTable
            view={view}
            isLoading={board === undefined}
            cursor={cursor}
            taking={desk.taking}
            onSort={sort => onSearch({ ...search, sort }, 'push')}
            onAct={draft => act(draft, me, desk)}
            onHeld={setHeld}
          >
            {board !== undefined && view.rows.length === 0 && (
              <EmptyBoard
                view={view}
                search={search}
                query={query}
                onClearQuery={() => filter.setWords('')}
                onShowAll={() => onSearch({ ...search, state: undefined, q: undefined }, 'push')}
              />
            )}
          </BoardTable>
        )}
        <StatusBar view={view} query={query} isPanelOpen={openKey !== undefined} />
      </div>
      {openRef !== null && openKey !== undefined && (
        <Panel
          draftRef={openRef}
          row={view.byKey.get(openKey)}
          freshness={view.freshness.get(namespaceKey(openRef))}
          onClose={cursor.close}
          onStep={by => cursor.move(by, false)}
        />
      )}
    </div>
  )
}

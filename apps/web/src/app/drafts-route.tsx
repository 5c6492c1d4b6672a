import { getRouteApi } from '@tanstack/react-router'
import { use, useCallback } from 'react'
import { Board } from '../features/board/board.tsx'
import type { BoardSearch } from '../features/board/search.ts'
import { DraftPanel } from '../features/draft/draft-panel.tsx'
import { useTakeDesk } from '../features/take/take-desk.tsx'
import { TakeNote } from '../features/take/take-note.tsx'
import { useMessages } from '../i18n/messages.ts'
import { useBoard, useViewer } from '../live/provider.tsx'
import { draftKey } from '../api/draft-key.ts'
import { FilterContext } from './filter-focus.tsx'
import { appMessages } from './messages.ts'

const route = getRouteApi('/')

export function DraftsRoute() {
  const words = useMessages(appMessages)
  const me = useViewer()
  const { data: board, error } = useBoard()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const desk = useTakeDesk()
  const filterRef = use(FilterContext)
  const onSearch = useCallback(
    (next: BoardSearch, how: 'push' | 'replace') => void navigate({ search: next, replace: how === 'replace' }),
    [navigate],
  )
  return (
    <main>
      <title>{words.title(words.drafts)}</title>
      <Board
        me={me}
        board={board}
        error={error}
        search={search}
        onSearch={onSearch}
        filterRef={filterRef}
        taking={desk.taking}
        onTake={desk.take}
        onTakeOver={desk.takeOver}
        panel={({ draftRef, row, freshness, onClose, onStep }) => (
          <DraftPanel
            key={draftKey(draftRef)}
            draftRef={draftRef}
            row={row}
            freshness={freshness}
            me={me}
            taking={desk.taking.has(draftKey(draftRef))}
            onTake={desk.take}
            onTakeOver={desk.takeOver}
            onClose={onClose}
            onStep={onStep}
            note={<TakeNote draftRef={draftRef} me={me} />}
          />
        )}
      />
    </main>
  )
}

import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, use, useCallback, useEffect } from 'react'
import { Board, type OpenDraft } from '../features/board/board.tsx'
import type { BoardSearch } from '../features/board/search.ts'
import { useTakeDesk } from '../features/take/take-desk.tsx'
import { TakeNote } from '../features/take/take-note.tsx'
import { useMessages } from '../i18n/messages.ts'
import { useViewer } from '../live/provider.tsx'
import { draftKey } from '../api/draft-key.ts'
import { FilterContext } from './filter-focus.tsx'
import { appMessages } from './messages.ts'

const loadPanel = () => import('../features/draft/draft-panel.tsx')
const DraftPanel = lazy(async () => ({ default: (await loadPanel()).DraftPanel }))

const route = getRouteApi('/')

export function DraftsRoute() {
  const words = useMessages(appMessages)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const desk = useTakeDesk()
  const filterRef = use(FilterContext)
  const onSearch = useCallback(
    (next: BoardSearch, how: 'push' | 'replace') => void navigate({ search: next, replace: how === 'replace' }),
    [navigate],
  )
  // Fetched as soon as there is nothing better to do, so that the first panel opens without a wait.
  useEffect(() => {
    if (!('requestIdleCallback' in window)) return
    const idle = requestIdleCallback(() => void loadPanel().catch(() => {}))
    return () => cancelIdleCallback(idle)
  }, [])
  return (
    <main>
      <title>{words.title(words.drafts)}</title>
      <h1 className="sr">{words.drafts}</h1>
      <Board search={search} onSearch={onSearch} filterRef={filterRef} desk={desk} Panel={OpenPanel} />
    </main>
  )
}

function OpenPanel(open: OpenDraft) {
  const { draftRef, row } = open
  const me = useViewer()
  const desk = useTakeDesk()
  const key = draftKey(draftRef)
  return (
    <Suspense fallback={<aside className="panel" aria-label={row?.name} aria-busy />}>
      <DraftPanel
        key={key}
        {...open}
        me={me}
        taking={desk.taking.has(key)}
        onTake={desk.take}
        onTakeOver={desk.takeOver}
        note={<TakeNote draftRef={draftRef} me={me} />}
      />
    </Suspense>
  )
}

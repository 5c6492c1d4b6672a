import { Pause } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useMessages } from '../../i18n/messages.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Kbd } from '../../ui/tag.tsx'
import { boardMessages } from './messages.ts'
import type { BoardView } from './use-board-view.ts'

export interface StatusBarProps {
  view: Pick<BoardView, 'rows' | 'counts' | 'namespaces' | 'changes' | 'show'>
  query: string
  isPanelOpen: boolean
}

/** How many of how many, spoken too after each new query; and what waits until nobody points at the table. */
export function StatusBar({ view, query, isPanelOpen }: StatusBarProps) {
  const words = useMessages(boardMessages)
  const { rows, counts, namespaces, changes, show } = view
  const summary = words.summary(rows.length, counts.all)
  const announce = useAnnounce()
  const spoken = useRef(query)
  useEffect(() => {
    if (spoken.current === query) return
    spoken.current = query
    announce(summary)
  }, [query, summary, announce])

  const complete = namespaces.filter(one => one.state !== 'never' && one.complete).length
  return (
    <footer className="status">
      <span className="row-x hint">
        <Kbd>j</Kbd>
        <Kbd>k</Kbd>
        {words.nextPrevious}
        {isPanelOpen ? (
          <>
            <Kbd>Esc</Kbd>
            {words.closes}
          </>
        ) : (
          <>
            <Kbd>↵</Kbd>
            {words.opens}
          </>
        )}
      </span>
      <span className="end">
        {changes > 0 && (
          <span className="row-x">
            <Pause className="i i-14" aria-hidden />
            <span className="why">{words.order} · </span>
            {words.changes(changes)}
            <button type="button" className="link" onClick={show}>
              {words.show}
            </button>
          </span>
        )}
        <span>
          {summary}
          <span className="complete"> · {words.namespaces(complete, namespaces.length)}</span>
        </span>
      </span>
    </footer>
  )
}

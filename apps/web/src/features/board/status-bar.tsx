import { Pause } from 'lucide-react'
import type { Freshness } from '@lockdesk/contract'
import { useMessages } from '../../i18n/messages.ts'
import { Kbd } from '../../ui/tag.tsx'
import { boardMessages } from './messages.ts'

export interface StatusBarProps {
  shown: number
  all: number
  namespaces: readonly Freshness[]
  /** Changes that wait until nobody points at the table. */
  changes: number
  isPanelOpen: boolean
  onShow(): void
}

export function StatusBar({ shown, all, namespaces, changes, isPanelOpen, onShow }: StatusBarProps) {
  const words = useMessages(boardMessages)
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
            <button type="button" className="link" onClick={onShow}>
              {words.show}
            </button>
          </span>
        )}
        <span>
          {words.summary(shown, all)}
          <span className="complete"> · {words.namespaces(complete, namespaces.length)}</span>
        </span>
      </span>
    </footer>
  )
}

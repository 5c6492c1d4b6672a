import { useRouter } from '@tanstack/react-router'
import { Link2 } from 'lucide-react'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import './count-strip.css'
import { boardMessages } from './messages.ts'
import type { BoardSearch, StateFilter } from './search.ts'
import type { Counts } from './select-rows.ts'
import { useCopyLink } from './use-copy-link.ts'

export interface CountStripProps {
  counts: Counts
  search: BoardSearch
}

/** The summary is the filter, and the rule below it is drawn to scale. */
export function CountStrip({ counts, search }: CountStripProps) {
  const words = useMessages(boardMessages)
  const router = useRouter()
  const copyLink = useCopyLink()
  const shown: (StateFilter | 'all')[] = ['all', 'free', 'held', 'mine', 'overdue']
  if (counts.orphaned > 0 || search.state === 'orphaned') shown.push('orphaned')
  // Drawn from what they share: one's own overdue lock is one's own.
  const overdue = Math.max(0, Math.min(counts.overdue, counts.held - counts.mine))
  const held = Math.max(0, counts.held - counts.mine - overdue)
  return (
    <>
      <div className="counts">
        <nav aria-label={words.byState}>
          {shown.map(state => {
            const to = { to: '/', search: { ...search, state: state === 'all' ? undefined : state } } as const
            return (
              <a
                key={state}
                className={counts[state] > 0 ? `count ${state}` : 'count'}
                href={router.buildLocation(to).href}
                aria-current={(search.state ?? 'all') === state ? 'true' : undefined}
                onClick={event => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
                  event.preventDefault()
                  void router.navigate(to)
                }}
              >
                <span>{words.states[state]}</span> <b>{counts[state]}</b>
              </a>
            )
          })}
        </nav>
        <Button tone="bare" className="copy-link" onClick={() => copyLink()}>
          <Link2 className="i" aria-hidden />
          {words.copyLink}
        </Button>
      </div>
      <div className="scale" aria-hidden>
        {counts.mine > 0 && <i className="mine" style={{ flexGrow: counts.mine }} />}
        {overdue > 0 && <i className="overdue" style={{ flexGrow: overdue }} />}
        {held > 0 && <i className="held" style={{ flexGrow: held }} />}
        {counts.free > 0 && <i style={{ flexGrow: counts.free }} />}
      </div>
    </>
  )
}

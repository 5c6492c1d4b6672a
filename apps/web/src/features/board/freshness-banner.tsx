import type { Freshness } from '@lockdesk/contract'
import { ListX } from 'lucide-react'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatExact } from '../../i18n/time.ts'
import { useNow } from '../../ui/clock.tsx'
import { Notice } from '../../ui/notice.tsx'
import { boardMessages } from './messages.ts'

/** Which namespaces nobody vouches for, since when and why: one line for each cause. */
export function FreshnessBanner({ namespaces }: { namespaces: readonly Freshness[] }) {
  const words = useMessages(boardMessages)
  const language = useLanguage()
  const now = useNow(60_000)
  const old = namespaces.filter(({ state, error }) => state === 'stale' || (state === 'never' && error !== undefined))
  const incomplete = namespaces.filter(one => one.state === 'live' && !one.complete)
  const causes = Map.groupBy(old, ({ error }) => error?.title ?? '')
  return (
    <>
      {[...causes].map(([cause, group]) => {
        const swept = group.flatMap(({ lastSweepAt }) => (lastSweepAt === null ? [] : [Date.parse(lastSweepAt)]))
        const requestId = group.find(({ error }) => error?.requestId !== undefined)?.error?.requestId
        return (
          <Notice key={cause} tone="warn" flat role="status">
            <strong>
              {swept.length > 0
                ? words.lastChecked(formatExact(Math.min(...swept), now, language))
                : words.neverChecked}
            </strong>{' '}
            {words.and(group.map(({ namespace }) => namespace))}
            {cause === '' ? '' : `: ${cause.replace(/[.。]$/, '')}`}
            {language === 'zh' ? '。' : '. '}
            {words.mayHaveChanged}
            {requestId !== undefined && (
              <span className="t3 code">
                {' '}
                {words.request} {requestId}
              </span>
            )}
          </Notice>
        )
      })}
      {incomplete.length > 0 && (
        <Notice flat icon={<ListX className="i" aria-hidden />} role="status">
          <strong>{words.incomplete(words.and(incomplete.map(({ namespace }) => namespace)))}</strong>{' '}
          {words.incompleteText}
          {incomplete[0]?.error && <span className="t3"> {incomplete[0].error.title}</span>}
          {incomplete[0]?.error?.requestId !== undefined && (
            <span className="t3 code">
              {' '}
              {words.request} {incomplete[0].error.requestId}
            </span>
          )}
        </Notice>
      )}
    </>
  )
}

import type { BoardDraft, Freshness } from '@lockdesk/contract'
import { ListX } from 'lucide-react'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatExact } from '../../i18n/time.ts'
import { namespaceNames } from '../../live/namespace-name.ts'
import { useNow } from '../../ui/clock.tsx'
import { Notice } from '../../ui/notice.tsx'
import { readingFaults } from '../../ui/reading-fault.ts'
import { oldNamespaces } from './freshness-groups.ts'
import { namespaceKey } from './freshness-of.ts'
import { boardMessages } from './messages.ts'

export interface FreshnessBannerProps {
  /** Those that are shown. */
  namespaces: readonly Freshness[]
  /** All that this person may see. */
  all: readonly Freshness[]
  /** The drafts of the namespaces shown. */
  drafts: readonly BoardDraft[]
}

/** Which namespaces nobody vouches for, since when and why: one line for each cause. */
export function FreshnessBanner({ namespaces, all, drafts }: FreshnessBannerProps) {
  const words = useMessages(boardMessages)
  const faults = useMessages(readingFaults)
  const language = useLanguage()
  const now = useNow(60_000)
  const nameOf = namespaceNames(all)
  const why = (error: Freshness['error']) => error && ((error.cause && faults[error.cause]) || error.title)
  const incomplete = namespaces.filter(one => one.state === 'live' && !one.complete)
  return (
    <>
      {oldNamespaces(namespaces).map(({ key, namespaces: group, error, checkedAt }) => {
        const keys = new Set(group.map(namespaceKey))
        const showsSome = drafts.some(({ ref }) => keys.has(namespaceKey(ref)))
        return (
          <Notice key={key} tone="warn" flat role="status">
            <strong>
              {checkedAt === null ? words.neverChecked : words.lastChecked(formatExact(checkedAt, now, language))}
            </strong>{' '}
            {words.because(words.and(group.map(nameOf)), why(error))}{' '}
            {showsSome ? words.mayHaveChanged : words.noneShown}
            <RequestId id={error?.requestId} />
          </Notice>
        )
      })}
      {incomplete.length > 0 && (
        <Notice flat icon={<ListX className="i" aria-hidden />} role="status">
          <strong>{words.incomplete(words.and(incomplete.map(nameOf)))}</strong> {words.incompleteText}
          {incomplete[0]?.error && <span className="t3"> {why(incomplete[0].error)}</span>}
          <RequestId id={incomplete[0]?.error?.requestId} />
        </Notice>
      )}
    </>
  )
}

function RequestId({ id }: { id: string | undefined }) {
  const words = useMessages(boardMessages)
  if (id === undefined) return null
  return (
    <span className="t3 code">
      {' '}
      {words.request} {id}
    </span>
  )
}

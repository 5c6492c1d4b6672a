import { LoaderCircle, PlugZap } from 'lucide-react'
import { useSearch } from '@tanstack/react-router'
import { useLanguage } from '../i18n/language.tsx'
import { useMessages } from '../i18n/messages.ts'
import { formatAge, formatWhen } from '../i18n/time.ts'
import { namespaceNames } from '../live/namespace-name.ts'
import { useBoard, useConnection } from '../live/provider.tsx'
import { useNow } from '../ui/clock.tsx'
import { StaleGlyph } from '../ui/notice.tsx'
import { overallFreshness } from './freshness.ts'
import { appMessages } from './messages.ts'

const turn = 2 * Math.PI * 5

/** How old what one sees is. A status that is not announced: it changes every second. */
export function FreshnessChip() {
  const words = useMessages(appMessages)
  const language = useLanguage()
  const now = useNow()
  const connection = useConnection()
  const { data: board } = useBoard()
  const { workspace, ns } = useSearch({ strict: false })
  const namespaces = board?.namespaces.filter(
    one => (workspace === undefined || one.workspace === workspace) && (ns === undefined || one.namespace === ns),
  )
  const nameOf = namespaceNames(board?.namespaces ?? [])
  const fresh = overallFreshness(namespaces, connection)
  const title = namespaces
    ?.map(one =>
      one.lastSweepAt === null
        ? words.neverSwept(nameOf(one))
        : words.sweptAgo(nameOf(one), formatAge(now - Date.parse(one.lastSweepAt), language)),
    )
    .join(' · ')
  const isOld = fresh.state === 'stale' || fresh.state === 'reconnecting' || fresh.state === 'unread'
  const pace = Math.max(5, ...(namespaces ?? []).map(one => one.pace))
  return (
    <span className={isOld ? 'chip fresh stale' : 'chip fresh'} role="status" aria-live="off" title={title}>
      {fresh.state === 'live' && (
        <>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden>
            <circle cx="7" cy="7" r="5" fill="none" stroke="var(--line-2)" strokeWidth="2" />
            <circle
              cx="7"
              cy="7"
              r="5"
              fill="none"
              stroke="var(--text-1)"
              strokeWidth="2"
              strokeDasharray={`${Math.min(1, Math.max(0.02, (now - fresh.at) / (pace * 1000))) * turn} ${turn}`}
              transform="rotate(-90 7 7)"
            />
          </svg>
          <span>
            <b>{words.live}</b> · {formatAge(now - fresh.at, language)}
          </span>
        </>
      )}
      {fresh.state === 'stale' && (
        <>
          <StaleGlyph />
          <span>
            <b>{words.stale}</b> · {formatWhen(fresh.at, now, language)}
          </span>
        </>
      )}
      {fresh.state === 'unread' && (
        <>
          <StaleGlyph />
          <b>{words.unread}</b>
        </>
      )}
      {fresh.state === 'checking' && (
        <>
          <LoaderCircle className="i i-14 spin" aria-hidden />
          <b>{words.checking}</b>
        </>
      )}
      {fresh.state === 'reconnecting' && (
        <>
          <PlugZap className="i i-14" aria-hidden />
          <b>{words.reconnecting}</b>
        </>
      )}
    </span>
  )
}

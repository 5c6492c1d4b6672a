import type { Interval, Known } from '@lockdesk/contract'
import { sinceWords } from '../i18n/time.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useMessages } from '../i18n/messages.ts'
import { useNow } from './clock.tsx'
import './lock.css'
import { uiMessages } from './messages.ts'

/** How the lock of a draft looks to this viewer. A shape and a word before it is a colour. */
export type LockLook = 'free' | 'held' | 'mine' | 'overdue' | 'orphaned' | 'checking' | 'deleted' | 'denied'

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.2 }
const cut = {
  className: 'cut',
  fill: 'none',
  strokeWidth: 1.4,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

/** What is cut out of a closed lock. */
const marks: Partial<Record<LockLook, string>> = {
  mine: 'm5.9 10.8 1.5 1.5 2.8-3',
  overdue: 'M8 8.6v2.2l1.7 1.1',
  orphaned: 'm6.3 9.1 3.4 3.4m0-3.4-3.4 3.4',
}

/** The lock as a shape. It says nothing to a screen reader: the word beside it does. */
export function LockGlyph({ look }: { look: LockLook }) {
  if (look === 'free') {
    return (
      <svg className="lk" viewBox="0 0 16 16" aria-hidden>
        <rect x="3.6" y="7.6" width="8.8" height="6.3" rx="1.6" {...stroke} />
        <path d="M5.25 7.4V4.6a2.75 2.75 0 0 1 5.2-1.2" strokeLinecap="round" {...stroke} />
      </svg>
    )
  }
  if (look === 'checking' || look === 'deleted' || look === 'denied') {
    const dashed = look === 'checking' ? { strokeDasharray: '2 1.6' } : {}
    return (
      <svg className="lk" viewBox="0 0 16 16" aria-hidden>
        <rect x="3.6" y="7.6" width="8.8" height="6.3" rx="1.6" {...stroke} {...dashed} />
        <path d="M5.25 7.4V5a2.75 2.75 0 0 1 5.5 0v2.4" {...stroke} {...dashed} />
        {look !== 'checking' && <path d="M2.4 14.2 13.6 2.6" strokeLinecap="round" {...stroke} />}
      </svg>
    )
  }
  const mark = marks[look]
  return (
    <svg className="lk" viewBox="0 0 16 16" aria-hidden>
      <rect x="3" y="7" width="10" height="7.5" rx="1.6" fill="currentColor" />
      <path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2" fill="none" stroke="currentColor" strokeWidth="1.5" />
      {mark && <path d={mark} {...cut} />}
    </svg>
  )
}

/** The shape and its word. */
export function StateWord({ look }: { look: LockLook }) {
  const words = useMessages(uiMessages)
  return (
    <span className={`lock ${look}`}>
      <LockGlyph look={look} />
      <span>{words.look[look]}</span>
    </span>
  )
}

/** How the start of a hold is known: sharp, soft, hatched or dotted. */
export function KnownMark({ known, label = true }: { known: Known; label?: boolean }) {
  const words = useMessages(uiMessages)
  const name = label ? ({ role: 'img', 'aria-label': words.known[known] } as const) : { 'aria-hidden': true }
  return (
    <svg className="mk" viewBox="0 0 18 10" {...name}>
      {known === 'exact' && (
        <>
          <rect x="1" y="0" width="2" height="10" fill="var(--known)" />
          <rect x="3" y="3" width="15" height="4" fill="var(--known)" />
        </>
      )}
      {known === 'bounded' && (
        <>
          <rect x="1" y="3" width="6" height="4" fill="var(--bounded)" fillOpacity=".6" />
          <rect x="7" y="3" width="11" height="4" fill="var(--known)" />
        </>
      )}
      {known === 'unwatched' && (
        <>
          <path d="m0 8 4-6m-.6 6 4-6m-.6 6 4-6" stroke="var(--gap)" strokeWidth="1.1" fill="none" />
          <rect x="11" y="3" width="7" height="4" fill="var(--known)" />
        </>
      )}
      {known === 'at-least' && (
        <>
          <rect x="0" y="3" width="1.5" height="4" fill="var(--known)" />
          <rect x="3" y="3" width="2" height="4" fill="var(--known)" />
          <rect x="6.5" y="3" width="11.5" height="4" fill="var(--known)" />
        </>
      )}
    </svg>
  )
}

export interface SinceProps {
  seenSince: Interval
  known: Known
  overdueAt: string | null
  /** The last reading that still showed it, where nobody vouches for later. */
  lastSeenAt?: string | null
}

/** How we know, how long, since when; the whole truth is in the title. */
export function Since({ seenSince, known, overdueAt, lastSeenAt = null }: SinceProps) {
  const language = useLanguage()
  const now = useNow()
  const words = sinceWords(seenSince, known, now, language, { lastSeenAt })
  const isOverdue = overdueAt !== null && Date.parse(overdueAt) <= now
  return (
    <span className="since" title={words.sentence}>
      <KnownMark known={lastSeenAt === null ? known : 'unwatched'} />
      <span className={isOverdue ? 'age overdue' : 'age'}>{words.age}</span>
      <span className="at clip">{words.at}</span>
    </span>
  )
}

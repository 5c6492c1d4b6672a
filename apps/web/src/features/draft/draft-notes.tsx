import type { BoardDraft, Freshness } from '@lockdesk/contract'
import type { ReactNode } from 'react'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatExact } from '../../i18n/time.ts'
import { useNow } from '../../ui/clock.tsx'
import { Notice } from '../../ui/notice.tsx'
import { draftMessages } from './words.ts'

export interface DraftNotesProps {
  draft: BoardDraft
  freshness: Freshness | undefined
  note: ReactNode
}

/** What is special about the draft now: a take without an end, old knowledge, what the last take left to know. */
export function DraftNotes({ draft, freshness, note }: DraftNotesProps) {
  const language = useLanguage()
  const words = useMessages(draftMessages).statement
  const now = useNow(60_000)
  const isStale = freshness?.state === 'stale' && freshness.lastSweepAt !== null
  return (
    <div className="notes">
      {note}
      {draft.pending && (
        <Notice tone="warn">
          <strong>{words.pending}</strong> {words.pendingSince(formatExact(draft.pending.since, now, language))}
        </Notice>
      )}
      {isStale && freshness.lastSweepAt !== null && (
        <Notice tone="warn">
          <strong>{words.stale(formatExact(freshness.lastSweepAt, now, language))}</strong> {words.staleText}
          {(draft.may.take || draft.may.takeOver) && ` ${words.staleTake}`}
        </Notice>
      )}
      {freshness?.state === 'never' && <Notice>{words.never}</Notice>}
    </div>
  )
}

import type { LockEvent } from '@lockdesk/contract'
import { useMessages } from '../../i18n/messages.ts'
import { EventMark } from '../../ui/event-mark.tsx'
import { auditMessages } from './words.ts'
import type { AuditWords } from './words.en.ts'

function wordOf({ how, known, token }: LockEvent, words: AuditWords['known']): string {
  if (token !== undefined) return words.token
  if (how === 'lockdesk') return words.lockdesk
  if (known === 'bounded') return words.sweeps
  if (known === 'unwatched') return words.gap
  return known === 'at-least' ? words.start : words.reading
}

/** How an entry is known: its mark and the word for it. */
export function KnownCell({ event }: { event: LockEvent }) {
  const words = useMessages(auditMessages).known
  return (
    <span className="row-x known">
      <EventMark event={event} />
      <span className="clip">{wordOf(event, words)}</span>
    </span>
  )
}

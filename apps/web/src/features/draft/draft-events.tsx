import type { DraftRef, Hold, LockEvent } from '@lockdesk/contract'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { formatInterval } from '../../i18n/interval.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatAge, formatExact, formatWhen } from '../../i18n/time.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.tsx'
import { EventMark } from '../../ui/event-mark.tsx'
import { SentenceText } from '../../ui/sentence.tsx'
import { shown } from '../../ui/shown-name.ts'
import { withoutEndedIntents } from '../../ui/what-happened.ts'
import { claimantBefore, eventSentence } from './event-sentence.ts'
import { heldFor } from './held-for.ts'
import { draftMessages } from './words.ts'

const firstShown = 8

function isToday(at: string, now: number): boolean {
  return new Date(at).toDateString() === new Date(now).toDateString()
}

export interface DraftEventsProps {
  draftRef: DraftRef
  events: readonly LockEvent[]
  holds: readonly Hold[]
  /** Whether this person may open the audit. */
  mayAudit: boolean
}

/** What happened to the draft, newest first, a sentence each. */
export function DraftEvents({ draftRef, events: all, holds, mayAudit }: DraftEventsProps) {
  const language = useLanguage()
  const words = useMessages(draftMessages)
  const now = useNow(60_000)
  const [isWhole, setWhole] = useState(false)
  const events = useMemo(() => withoutEndedIntents(all), [all])
  const lines = isWhole ? events : events.slice(0, firstShown)
  return (
    <section>
      <h3>
        {words.events.title}
        {mayAudit && (
          <Link to="/audit" search={{ draft: draftRef.draftId }} className="link end">
            {words.events.all}
          </Link>
        )}
      </h3>
      {events.length === 0 && <p className="t3">{words.events.none}</p>}
      <ul className="evs">
        {lines.map((event, at) => {
          const isExact = event.known === 'exact' || event.how === 'lockdesk'
          const length = Date.parse(event.at.by) - Date.parse(event.at.after ?? event.at.by)
          const around = {
            claimantBefore: claimantBefore(events, at),
            heldFor: heldFor(event, holds, language),
            length: formatAge(length, language),
          }
          const isGap = event.kind === 'gap'
          return (
            <li key={event.id} className={isGap ? 'gap hatch' : undefined}>
              <span>{!isGap && <EventMark event={event} />}</span>
              <span className="t2">
                <span className={isGap ? 'plate' : undefined}>
                  <SentenceText of={eventSentence(event, around, words)} />
                </span>
                {event.reason && <span className="t3 why">{shown(event.reason)}</span>}
              </span>
              <time
                className="when"
                dateTime={event.at.by}
                title={formatExact(event.at.by, now, language, { to: 'ms' })}
              >
                <span className={isGap ? 'plate' : undefined}>
                  {isToday(event.at.by, now)
                    ? formatInterval(event.at, language, { isExact })
                    : formatWhen(event.at.by, now, language)}
                </span>
              </time>
            </li>
          )
        })}
      </ul>
      {events.length > lines.length && (
        <Button tone="bare" className="older" onClick={() => setWhole(true)}>
          {words.events.older(events.length - lines.length)}
        </Button>
      )}
      {isWhole && all.length >= 50 && <p className="t3 small">{words.events.newest}</p>}
    </section>
  )
}

import type { LockEvent } from '@lockdesk/contract'
import { useMemo } from 'react'
import { formatInterval, zoneName } from '../../i18n/interval.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatAge } from '../../i18n/time.ts'
import { useNow } from '../../ui/clock.tsx'
import { auditLines } from './audit-lines.ts'
import { EventRow } from './event-row.tsx'
import { auditMessages } from './words.ts'

const columns = ['when', 'what', 'draft', 'holder', 'actor', 'known', 'request'] as const

/** The entries as a table, newest first, a line for each day, and gaps hatched. */
export function EventTable({ events }: { events: readonly LockEvent[] }) {
  const words = useMessages(auditMessages)
  const lines = useMemo(() => auditLines(events), [events])
  return (
    <table className="log" aria-label={words.table}>
      <colgroup>
        {columns.map(column => (
          <col key={column} className={`c-${column}`} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column} scope="col" aria-sort={column === 'when' ? 'descending' : undefined}>
              {words.columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(line =>
          line.kind === 'day' ? (
            <DayRow key={line.key} at={line.at} />
          ) : line.kind === 'gap' ? (
            <GapRow key={line.key} event={line.event} />
          ) : (
            <EventRow key={line.key} event={line.event} />
          ),
        )}
      </tbody>
    </table>
  )
}

function DayRow({ at }: { at: number }) {
  const language = useLanguage()
  const words = useMessages(auditMessages)
  const now = useNow(3_600_000)
  const date = new Date(at).toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric',
  })
  return (
    <tr className="day">
      <th scope="rowgroup" colSpan={columns.length}>
        {words.day(date, zoneName(at))}
      </th>
    </tr>
  )
}

/** A time when nobody watched a namespace. One cell, so that its time never runs into its words. */
function GapRow({ event }: { event: LockEvent }) {
  const language = useLanguage()
  const words = useMessages(auditMessages)
  const length = Date.parse(event.at.by) - Date.parse(event.at.after ?? event.at.by)
  return (
    <tr className="gaprow">
      <td colSpan={columns.length} className="hatch">
        <time className="plate" dateTime={event.at.by}>
          {formatInterval(event.at, language)}
        </time>
        <span className="plate">
          <strong>{words.gap(event.ref.namespace, formatAge(length, language))}</strong> {words.gapText}
        </span>
      </td>
    </tr>
  )
}

import type { Hold, LockEvent } from '@lockdesk/contract'
import { useMemo, useState } from 'react'
import { useMessages } from '../../i18n/messages.ts'
import { useNow } from '../../ui/clock.tsx'
import { HoldChart } from './hold-chart.tsx'
import { type Period, gapsOf, layOutHolds, periods } from './hold-timeline.ts'
import { draftMessages } from './words.ts'

const minute = 60_000
const mostHolds = 50

/** The holds of the last day, week or month, drawn. */
export function HoldHistory({ holds, events }: { holds: readonly Hold[]; events: readonly LockEvent[] }) {
  const words = useMessages(draftMessages).holds
  const now = useNow(minute) + minute
  const [period, setPeriod] = useState<Period>('24h')
  const timeline = useMemo(() => layOutHolds(holds, gapsOf(events), period, now), [holds, events, period, now])
  return (
    <section>
      <h3>
        {words.title}
        <span className="seg end" role="group" aria-label={words.period}>
          {(Object.keys(periods) as Period[]).map(one => (
            <button key={one} type="button" aria-pressed={one === period} onClick={() => setPeriod(one)}>
              {words.periods[one]}
            </button>
          ))}
        </span>
      </h3>
      {timeline.lanes.length > 0 ? (
        <HoldChart timeline={timeline} period={period} now={now} />
      ) : (
        <p className="t3">{words.none(words.periods[period])}</p>
      )}
      {holds.length >= mostHolds && <p className="t3 small">{words.newestOnly}</p>}
    </section>
  )
}

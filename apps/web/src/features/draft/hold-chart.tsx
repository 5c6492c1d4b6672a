import { useId } from 'react'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatExact, formatWhen } from '../../i18n/time.ts'
import { PartyText } from '../../ui/name.tsx'
import './hold-chart.css'
import type { Bar, Edge, Period, Timeline } from './hold-timeline.ts'
import { draftMessages } from './words.ts'

const laneHeight = 24
const top = 18
const mostLanes = 6
const percent = (fraction: number) => `${(fraction * 100).toFixed(3)}%`

interface Slot {
  x: number
  width: number
}

function EdgeMark({ edge, at, middle, hatch }: { edge: Edge; at: Slot; middle: number; hatch: string }) {
  if (edge === 'sharp') return null
  if (edge === 'dotted') {
    const to = at.x + at.width
    return <line className="dots" x1={percent(at.x)} x2={percent(to)} y1={middle} y2={middle} />
  }
  const box = { x: percent(at.x), width: percent(at.width), y: middle - 4.5, height: 9 }
  return (
    <>
      <rect className={edge} {...box} />
      {edge === 'hatched' && <rect fill={`url(#${hatch})`} {...box} />}
    </>
  )
}

function HoldBar({ bar, middle, hatch, title }: { bar: Bar; middle: number; hatch: string; title: string }) {
  const starts = bar.start.x + (bar.start.edge === 'dotted' || bar.start.edge === 'sharp' ? bar.start.width : 0)
  return (
    <g className={bar.isMine ? 'me' : undefined}>
      <title>{title}</title>
      <EdgeMark edge={bar.start.edge} at={bar.start} middle={middle} hatch={hatch} />
      {bar.end && <EdgeMark edge={bar.end.edge} at={bar.end} middle={middle} hatch={hatch} />}
      {bar.body && (
        <rect className="hold" x={percent(bar.body.x)} width={percent(bar.body.width)} y={middle - 5} height={10} />
      )}
      {bar.start.edge === 'sharp' && bar.body && bar.body.x > 0 && (
        <line className="post" x1={percent(starts)} x2={percent(starts)} y1={middle - 8} y2={middle + 8} />
      )}
    </g>
  )
}

export interface HoldChartProps {
  timeline: Timeline
  period: Period
  now: number
}

/** Who held the draft when: one lane a holder, uncertain edges drawn as such, hatched where nobody watched. */
export function HoldChart({ timeline, period, now }: HoldChartProps) {
  const language = useLanguage()
  const words = useMessages(draftMessages)
  const hatch = useId()
  const lanes = timeline.lanes.slice(0, mostLanes)
  const bottom = top + lanes.length * laneHeight
  const label = (at: number) => {
    const date = new Date(at)
    if (period === '24h') return `${String(date.getHours()).padStart(2, '0')}:00`
    return date.toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB', { day: 'numeric', month: 'short' })
  }
  const widest = timeline.gaps.toSorted((a, b) => b.width - a.width)[0]
  return (
    <figure className="chart">
      <ul aria-hidden>
        {lanes.map(lane => (
          <li key={lane.key}>
            <PartyText text={lane.name} title={lane.name} />
          </li>
        ))}
      </ul>
      <svg
        className="tl"
        width="100%"
        height={bottom + 18}
        role="img"
        aria-label={words.holds.label(words.holds.periods[period])}
      >
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M-1 7 7-1M-1 1l2-2M5 7l2-2" className="hx" />
          </pattern>
        </defs>
        {timeline.ticks.map(tick => (
          <g key={tick.at}>
            <line className="grid" x1={percent(tick.x)} x2={percent(tick.x)} y1={top} y2={bottom} />
            <text x={percent(tick.x)} y={bottom + 14} textAnchor="middle">
              {label(tick.at)}
            </text>
          </g>
        ))}
        {timeline.gaps.map(gap => (
          <g key={gap.from}>
            <title>{`${words.holds.notWatched}: ${formatWhen(gap.from, now, language)}–${formatWhen(gap.to, now, language)}`}</title>
            <rect className="gapbox" x={percent(gap.x)} width={percent(gap.width)} y={top} height={bottom - top} />
            <rect fill={`url(#${hatch})`} x={percent(gap.x)} width={percent(gap.width)} y={top} height={bottom - top} />
          </g>
        ))}
        {widest && widest.width > 0.02 && (
          <text x={percent(Math.min(Math.max(widest.x + widest.width / 2, 0.1), 0.9))} y={11} textAnchor="middle">
            {words.holds.notWatched}
          </text>
        )}
        {lanes.map((lane, row) => {
          const middle = top + row * laneHeight + 12
          return (
            <g key={lane.key}>
              <line className="grid" x1="0" x2="100%" y1={middle} y2={middle} />
              {lane.bars.toReversed().map(bar => (
                <HoldBar
                  key={bar.from}
                  bar={bar}
                  middle={middle}
                  hatch={hatch}
                  title={words.holds.bar(
                    lane.name,
                    formatExact(bar.from, now, language),
                    bar.to === null ? words.holds.now : formatExact(bar.to, now, language),
                  )}
                />
              ))}
            </g>
          )
        })}
        <line className="axis" x1="0" x2="100%" y1={bottom + 0.5} y2={bottom + 0.5} />
        <line className="now" x1="100%" x2="100%" y1={top - 4} y2={bottom} />
      </svg>
      {timeline.lanes.length > mostLanes && <p className="t3">{words.holds.more(timeline.lanes.length - mostLanes)}</p>}
    </figure>
  )
}

import type { Known } from '@lockdesk/contract'
import { useMessages } from '../../i18n/messages.ts'
import { KnownMark } from '../../ui/lock.tsx'
import { uiMessages } from '../../ui/messages.ts'
import { sessionMessages } from './messages.ts'

const marks: readonly Known[] = ['exact', 'bounded', 'unwatched', 'at-least']
const hours = [
  [107, '09:00'],
  [218, '11:00'],
  [328, '13:00'],
  [439, '15:00'],
] as const

/** What Lockdesk is about, in one picture: three holds, and a gap that nobody watched. */
export function Idea() {
  const words = useMessages(sessionMessages)
  const { knownWord } = useMessages(uiMessages)
  return (
    <aside className="idea">
      <figure>
        <p>{words.idea}</p>
        <svg className="chart" viewBox="0 0 520 126" role="img" aria-label={words.chart}>
          <defs>
            <pattern id="idea-hatch" width="6" height="6" patternUnits="userSpaceOnUse">
              <path d="M-1 7 7-1M-1 1l2-2M5 7l2-2" className="hx" />
            </pattern>
          </defs>
          {hours.map(([x, text]) => (
            <g key={text}>
              <line className="grid" x1={x} x2={x} y1="18" y2="108" />
              <text x={x} y="122" textAnchor="middle">
                {text}
              </text>
            </g>
          ))}
          <rect className="gapbox" x="240" y="18" width="83" height="90" />
          <rect x="240" y="18" width="83" height="90" fill="url(#idea-hatch)" />
          <text x="281" y="11" textAnchor="middle">
            {words.nobodyWatched}
          </text>
          {['Lin Wei', 'Bo Chen', '张梅'].map((name, row) => (
            <g key={name}>
              <text className="nm" x="0" y={37 + row * 30}>
                {name}
              </text>
              <line className="grid" x1="74" x2="516" y1={33 + row * 30} y2={33 + row * 30} />
            </g>
          ))}
          <rect className="soft" x="240" y="28.5" width="82" height="9" />
          <rect className="hold" x="107" y="28" width="133" height="10" />
          <rect className="me" x="394" y="58" width="111" height="10" />
          <rect className="soft" x="268" y="88.5" width="55" height="9" />
          <rect className="hold" x="323" y="88" width="44" height="10" />
          <line className="axis" x1="74" x2="516" y1="108.5" y2="108.5" />
          <line className="now" x1="505" x2="505" y1="14" y2="108" />
        </svg>
        <dl>
          {marks.map(known => (
            <div key={known}>
              <KnownMark known={known} label={false} />
              <dt className="name">{knownWord[known]}</dt>
              <dd>{words.known[known]}</dd>
            </div>
          ))}
        </dl>
      </figure>
    </aside>
  )
}

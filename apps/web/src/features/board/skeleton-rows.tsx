import { Skeleton } from '../../ui/notice.tsx'

/** Widths, in pixels, of what will stand there. */
const rows = [
  [58, 190, 90, 70],
  [58, 130, 70, 60],
  [58, 220, 0, 0],
  [58, 160, 100, 66],
  [58, 181, 0, 0],
  [58, 110, 84, 62],
  [58, 205, 0, 0],
  [58, 145, 92, 70],
] as const

export const skeletonCount = rows.length

/** Rows of their real height, before there are any. */
export function SkeletonRows({ height }: { height: number }) {
  return rows.map(([state, name, holder, since], index) => (
    <div key={name} className="row" aria-hidden style={{ height, transform: `translateY(${index * height}px)` }}>
      <div className="c-state">
        <Skeleton width={state} />
      </div>
      <div className="c-name">
        <Skeleton width={name} />
      </div>
      <div className="c-folder" />
      <div className="c-holder">{holder > 0 && <Skeleton width={holder} />}</div>
      <div className="c-since">{since > 0 && <Skeleton width={since} />}</div>
    </div>
  ))
}

import type { Freshness, Known } from '@lockdesk/contract'
import type { TimeInterval } from './draft-state.ts'

/** A pause between two complete sweeps that is longer than this many milliseconds is a gap. */
export const longestPauseMs = (paceMs: number | null): number => Math.max(3 * (paceMs ?? 0), 5_000)

/** `live` while the last complete sweep is no older than a pause between two may be. */
export function freshnessState(
  { sweptAt, paceMs }: { sweptAt: number | null; paceMs: number | null },
  now: number,
): Freshness['state'] {
  if (sweptAt === null) return 'never'
  return now - sweptAt <= longestPauseMs(paceMs) ? 'live' : 'stale'
}

/** The gap between two complete sweeps, told by the times at which they began; null where they followed each other closely enough. */
export function gapBetween(
  before: { sweptAt: number | null; paceMs: number | null },
  startedAt: number,
): { after: number; by: number } | null {
  if (before.sweptAt === null || startedAt - before.sweptAt <= longestPauseMs(before.paceMs)) return null
  return { after: before.sweptAt, by: startedAt }
}

/** How well the moment of an observed transition is known: `unwatched` where more than half of a gap lies in its interval. */
export function knownOf(interval: TimeInterval, gaps: readonly { after: number; by: number }[]): Known {
  if (interval.after === null) return 'at-least'
  const after = interval.after
  const isUnwatched = gaps.some(gap => {
    const overlap = Math.min(interval.by, gap.by) - Math.max(after, gap.after)
    return overlap > (gap.by - gap.after) / 2
  })
  return isUnwatched ? 'unwatched' : 'bounded'
}

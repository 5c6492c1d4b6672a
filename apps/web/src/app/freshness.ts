import type { Freshness } from '@lockdesk/contract'
import type { Connection } from '../live/follow-stream.ts'

export type Overall =
  /** `unread`: something could not be read even once. */
  | { state: 'checking' | 'reconnecting' | 'unread' }
  /** `at`: the oldest of the last complete sweeps. */
  | { state: 'live' | 'stale'; at: number }

/** How fresh the whole of what is shown is: as fresh as its oldest part. */
export function overallFreshness(namespaces: readonly Freshness[] | undefined, connection: Connection): Overall {
  if (connection === 'reconnecting') return { state: 'reconnecting' }
  if (namespaces === undefined || namespaces.length === 0 || connection === 'connecting') return { state: 'checking' }
  const stale = namespaces.filter(({ state }) => state === 'stale')
  const swept = (stale.length > 0 ? stale : namespaces).flatMap(({ lastSweepAt }) =>
    lastSweepAt === null ? [] : [Date.parse(lastSweepAt)],
  )
  if (stale.length > 0) return swept.length > 0 ? { state: 'stale', at: Math.min(...swept) } : { state: 'checking' }
  if (namespaces.some(({ state, error }) => state === 'never' && error !== undefined)) return { state: 'unread' }
  if (namespaces.some(({ state }) => state === 'never') || swept.length === 0) return { state: 'checking' }
  return { state: 'live', at: Math.min(...swept) }
}

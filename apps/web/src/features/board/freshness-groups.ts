import type { Freshness } from '@lockdesk/contract'

export interface FreshnessGroup {
  key: string
  /** All of one state, and unread for one reason. */
  namespaces: readonly Freshness[]
  /** Why they could not be read, where that is known. */
  error: Freshness['error']
  /** Epoch milliseconds of the oldest last complete sweep; null where there was none yet. */
  checkedAt: number | null
}

/** The namespaces that nobody vouches for, those of one cause together; one that is being read for the first time is none. */
export function oldNamespaces(namespaces: readonly Freshness[]): FreshnessGroup[] {
  const old = namespaces.filter(({ state, error }) => state === 'stale' || (state === 'never' && error !== undefined))
  const groups = Map.groupBy(old, ({ state, error }) => `${state} ${error?.cause ?? error?.title ?? ''}`)
  return [...groups].map(([key, group]) => {
    const swept = group.flatMap(({ lastSweepAt }) => (lastSweepAt === null ? [] : [Date.parse(lastSweepAt)]))
    const error = (group.find(one => one.error?.requestId !== undefined) ?? group[0])?.error
    return { key, namespaces: group, error, checkedAt: swept.length === 0 ? null : Math.min(...swept) }
  })
}

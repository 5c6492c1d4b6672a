import { useQuery } from '@tanstack/react-query'
import { getAuditEvents } from '../../api/audit.ts'
import { type AuditSearch, auditFilter } from './audit-search.ts'

const lookEveryMs = 10_000
const most = 50

/**
 * How many entries have come above the newest that is shown, as text: `12`, `50+`; null for none. Rows are not moved
 * under the reader's eyes: they come when asked for.
 */
export function useNews(search: AuditSearch, newest: number | undefined): string | null {
  const filter = auditFilter(search, most)
  const { data } = useQuery({
    queryKey: ['audit-news', filter.toString()],
    queryFn: ({ signal }) => getAuditEvents(filter, signal),
    enabled: newest !== undefined,
    refetchInterval: lookEveryMs,
    retry: false,
    staleTime: lookEveryMs,
  })
  if (!data || newest === undefined) return null
  const n = data.events.filter(event => event.number > newest).length
  if (n === 0) return null
  return n === most && data.next !== null ? `${most}+` : String(n)
}

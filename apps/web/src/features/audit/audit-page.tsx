import type { Me } from '@lockdesk/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { auditQuery } from '../../api/queries.ts'
import { useMessages } from '../../i18n/messages.ts'
import { hasRole } from '../../live/ability.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { withoutEndedIntents } from '../../ui/what-happened.ts'
import { mergePages } from './audit-lines.ts'
import './audit-page.css'
import { type AuditSearch as Filters, auditFilter, flatSearch, readAuditSearch } from './audit-search.ts'
import { ChainChip, ChainNotice, useChainCheck } from './chain-check.tsx'
import { EventTable } from './event-table.tsx'
import { Facets, useChoices } from './facets.tsx'
import { FilterChips } from './filter-chips.tsx'
import { useNews } from './news.ts'
import { auditMessages } from './words.ts'

/** The whole state of the page: flat strings, as they stand in the URL. */
export type AuditSearch = Readonly<Record<string, string>>

export interface AuditPageProps {
  me: Me
  search: AuditSearch
  /** Typing replaces the step of the history, choosing adds one. */
  onSearch(next: AuditSearch, how: 'push' | 'replace'): void
}

const pageSize = 100

/** What happened to which lock, when, by whom, why, and how that is known. */
export function AuditPage({ me, search: raw, onSearch }: AuditPageProps) {
  const words = useMessages(auditMessages)
  const search = useMemo(() => readAuditSearch(raw), [raw])
  const read = useInfiniteQuery({
    ...auditQuery(auditFilter(search, pageSize)),
    // Lines stay where they are until their reader asks for new ones.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const { data, isPending, isError } = read
  const events = useMemo(() => mergePages(data?.pages ?? []), [data])
  const asksIntents = search.kind?.includes('intent') === true
  const shown = useMemo(() => (asksIntents ? events : withoutEndedIntents(events)), [events, asksIntents])
  const isAdmin = hasRole(me, 'admin')
  const choices = useChoices(events, isAdmin)
  const news = useNews(search, isPending ? undefined : (events[0]?.number ?? 0))
  const check = useChainCheck()
  const choose = (next: Filters) => onSearch(flatSearch(next), 'push')

  return (
    <>
      <div className="audit-bar">
        <h1>{words.events}</h1>
        <FilterChips search={search} choices={choices} onChoose={choose} />
        <span className="end">
          {news !== null && (
            <span className="news" role="status">
              {words.news(news)}
              <Button onClick={() => void read.refetch()}>{words.show}</Button>
            </span>
          )}
          {isAdmin && <ChainChip check={check} />}
        </span>
      </div>
      <ChainNotice check={check} />
      {!isAdmin && <Notice flat>{words.ownOnly}</Notice>}
      <div className="audit">
        <Facets search={search} choices={choices} onChoose={choose} />
        <div className="audit-lines">
          {isPending ? (
            <Loading />
          ) : events.length === 0 ? (
            <NoLines
              isError={isError}
              isFiltered={Object.keys(search).length > 0}
              onClear={() => choose({})}
              onRetry={read.refetch}
            />
          ) : (
            <>
              <EventTable events={shown} />
              <Older read={read} />
            </>
          )}
        </div>
      </div>
      {events.length > 0 && (
        <footer className="audit-status">
          <span>
            {words.shown(shown.length)} · {read.hasNextPage ? words.more : words.whole}
          </span>
          {!asksIntents && isAdmin && <span className="end">{words.intents}</span>}
        </footer>
      )}
    </>
  )
}

function Older({
  read,
}: {
  read: { hasNextPage: boolean; isFetchingNextPage: boolean; isFetchNextPageError: boolean; fetchNextPage(): unknown }
}) {
  const words = useMessages(auditMessages)
  if (!read.hasNextPage) return null
  return (
    <div className="audit-older">
      <Button busy={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
        {read.isFetchingNextPage ? words.loadingOlder : words.older}
      </Button>
      {read.isFetchNextPageError && <p role="alert">{words.failed.older}</p>}
    </div>
  )
}

function Loading() {
  const words = useMessages(auditMessages)
  return (
    <div className="audit-loading" aria-busy="true">
      <p className="sr">{words.loading}</p>
      {Array.from({ length: 8 }, (_, at) => (
        <div key={at} className="row-x" aria-hidden>
          {[110, 80, 220, 130, 160].map((width, column) => (
            <Skeleton key={column} width={width} />
          ))}
        </div>
      ))}
    </div>
  )
}

interface NoLinesProps {
  isError: boolean
  isFiltered: boolean
  onClear(): void
  onRetry(): unknown
}

function NoLines({ isError, isFiltered, onClear, onRetry }: NoLinesProps) {
  const words = useMessages(auditMessages)
  const said: [string, string, ReactNode] = isError
    ? [
        words.failed.title,
        words.failed.text,
        <Button key="retry" onClick={() => void onRetry()}>
          {words.failed.retry}
        </Button>,
      ]
    : isFiltered
      ? [
          words.noMatch.title,
          words.noMatch.text,
          <Button key="clear" onClick={onClear}>
            {words.clear}
          </Button>,
        ]
      : [words.empty.title, words.empty.text, null]
  return (
    <div className="void" role={isError ? 'alert' : undefined}>
      <h2>{said[0]}</h2>
      <p>{said[1]}</p>
      {said[2] && <div className="acts">{said[2]}</div>}
    </div>
  )
}

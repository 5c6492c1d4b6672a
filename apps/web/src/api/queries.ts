import type { DraftRef } from '@lockdesk/contract'
import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { TakeRequest } from '@lockdesk/contract'
import { getAuditEvents } from './audit.ts'
import { draftKey } from './draft-key.ts'
import { getDraftPage, takeLock } from './drafts.ts'
import { isProblem } from './problem-error.ts'
import { getDemoPeople, getMe } from './session.ts'

/** Reads are tried again while the server is away, never after it has answered. */
export const retryRead = (failures: number, error: Error) => !isProblem(error) && failures < 2

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => getMe(signal),
  retry: retryRead,
  staleTime: 60_000,
})

export const demoPeopleQuery = queryOptions({
  queryKey: ['demo-people'],
  queryFn: ({ signal }) => getDemoPeople(signal),
  retry: retryRead,
  staleTime: Number.POSITIVE_INFINITY,
})

/** One draft with its newest holds and events. The live stream marks it old when something happened to the draft. */
export const draftPageQuery = (ref: DraftRef) =>
  queryOptions({
    queryKey: ['draft', draftKey(ref)],
    queryFn: ({ signal }) => getDraftPage(ref, signal),
    retry: retryRead,
    staleTime: 30_000,
  })

/** Entries of the ledger, page after page. @param filter the filters as the API names them, without cursor */
export const auditQuery = (filter: URLSearchParams) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter.toString()],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(filter)
      if (pageParam !== null) query.set('cursor', pageParam)
      return getAuditEvents(query, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    retry: retryRead,
    staleTime: 5_000,
  })

/** Takes a lock, once: `retry: 0` is the law here, not a default. */
export const takeMutation = mutationOptions({
  mutationKey: ['take'],
  mutationFn: ({ ref, take }: { ref: DraftRef; take: TakeRequest }) => takeLock(ref, take),
  retry: 0,
  networkMode: 'always',
})

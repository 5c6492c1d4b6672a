import type { AuditPage, Verification } from '@lockdesk/contract'
import { request } from './request.ts'

/** One page of entries, newest first. @param query the filters, `cursor` and `limit`, as the API names them */
export const getAuditEvents = (query: URLSearchParams, signal?: AbortSignal) =>
  request<AuditPage>(`/api/audit/events?${query}`, { signal })

/** Walks the whole chain of the ledger. */
export const verifyLedger = (signal?: AbortSignal) => request<Verification>('/api/audit/verify', { signal })

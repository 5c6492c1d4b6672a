import type { Board, DraftPage, DraftRef, TakeOutcome, TakeRequest } from '@lockdesk/contract'
import { draftKey } from './draft-key.ts'
import { request } from './request.ts'

export const getBoard = (signal?: AbortSignal) => request<Board>('/api/board', { signal })

/** @throws ProblemError `not-found` */
export const getDraftPage = (ref: DraftRef, signal?: AbortSignal) =>
  request<DraftPage>(`/api/drafts/${draftKey(ref)}`, { signal })

/**
 * Takes the edit lock: the one call that changes a holder. Never sent again by itself: a lost answer is settled by the
 * server's next reading.
 * @throws ProblemError whose `problem` carries the fields of the outcome too
 */
export const takeLock = (ref: DraftRef, take: TakeRequest) =>
  request<TakeOutcome>(`/api/drafts/${draftKey(ref)}/lock`, { method: 'POST', body: take })

/** Changes why one holds a draft. @throws ProblemError `no-right` where the claim is somebody else's */
export const changeReason = (ref: DraftRef, reason: string) =>
  request<unknown>(`/api/drafts/${draftKey(ref)}/reason`, { method: 'PATCH', body: { reason } })

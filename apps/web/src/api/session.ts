import type { DemoPeople, Me } from '@lockdesk/contract'
import { request } from './request.ts'

/** Who is signed in. @throws ProblemError `not-signed-in` */
export const getMe = (signal?: AbortSignal) => request<Me>('/api/me', { signal })

/** Whom the demo lets in without a password; in live mode there is no such route. @throws ProblemError `not-found` */
export const getDemoPeople = (signal?: AbortSignal) => request<DemoPeople>('/api/demo/people', { signal })

export const signInAsDemo = (person: DemoPeople['people'][number]['id']) =>
  request<unknown>('/api/demo/sign-in', { method: 'POST', body: { person } })

/** @throws ProblemError `wrong-credentials`, `too-many` */
export const signInByEmail = (email: string, password: string) =>
  request<unknown>('/api/auth/sign-in/email', { method: 'POST', body: { email, password } })

export const signOut = () => request<unknown>('/api/auth/sign-out', { method: 'POST' })

/** @throws ProblemError `wrong-credentials`, `bad-request` */
export const changePassword = (current: string, password: string) =>
  request<unknown>('/api/auth/change-password', { method: 'POST', body: { current, password } })

import { DraftRef, LockEvent, ReasonChange, TakeOutcome, TakeRequest } from '@lockdesk/contract'
import type { Caller } from '../access/caller.ts'
import { roleWithin } from '../access/within-scope.ts'
import { storable } from '../database/storable-text.ts'
import { createRoute, json, problem, router } from '../http/router.ts'
import type { Scope } from '../ledger/scope.ts'
import type { Asker, Locks } from './take-lock.ts'

export interface LockRouteRooms {
  locks: Locks
  /** The namespaces that are being watched: only their locks are taken. */
  watchedNamespaces(): Promise<Scope>
}

const take = createRoute({
  method: 'post',
  path: '/drafts/{workspace}/{namespace}/{draftId}/lock',
  summary: 'Take the edit lock of a draft',
  description:
    'Sends one getLock at most, and tells what came of it. Problems of a take carry the fields of TakeOutcome too.',
  request: { params: DraftRef, body: { required: true, ...json(TakeRequest, 'What the caller saw when deciding') } },
  responses: {
    200: json(TakeOutcome, 'The caller holds the lock: `taken` or `already-yours`'),
    400: problem('Bad input'),
    401: problem('Not signed in'),
    403: problem('No right, the policy of the namespace, or the cloud refused'),
    404: problem('No such draft, or not in the scope of the caller'),
    409: problem('Somebody else holds it, the holder changed meanwhile, or a take is pending'),
    413: problem('Too large'),
    415: problem('Not JSON'),
    429: problem('More takes a minute than one actor may cause'),
    503: problem('The cloud cannot be asked or limits the calls, or the ledger cannot be written'),
    504: problem('It is not known whether the lock was taken'),
  },
})

const reason = createRoute({
  method: 'patch',
  path: '/drafts/{workspace}/{namespace}/{draftId}/reason',
  summary: 'Change the reason of the own claim',
  request: { params: DraftRef, body: { required: true, ...json(ReasonChange, 'The new reason; empty: none') } },
  responses: {
    200: json(LockEvent, 'The entry; both texts stay in the history'),
    400: problem('Bad input'),
    401: problem('Not signed in'),
    403: problem('The claim is not the caller’s'),
    404: problem('No such draft, or not in the scope of the caller'),
    409: problem('A take of the draft has been under way for too long'),
    413: problem('Too large'),
    415: problem('Not JSON'),
    503: problem('The ledger cannot be written'),
  },
})

/** The only routes behind which a lock can change hands. */
export function lockRoutes({ locks, watchedNamespaces }: LockRouteRooms) {
  const askerOf = async (caller: Caller, ref: DraftRef): Promise<Asker> => ({
    personId: caller.person.id,
    role: roleWithin(caller, ref, await watchedNamespaces()),
  })

  return router()
    .openapi(take, async c => {
      const ref = c.req.valid('param')
      const asker = await askerOf(c.get('caller'), ref)
      return c.json(await locks.take(asker, ref, cleaned(c.req.valid('json'))), 200)
    })
    .openapi(reason, async c => {
      const ref = c.req.valid('param')
      const asker = await askerOf(c.get('caller'), ref)
      return c.json(await locks.changeReason(asker, ref, cleaned(c.req.valid('json')).reason), 200)
    })
}

/** Half characters and NUL are no text to a store: what is written must come back as it was hashed. */
function cleaned<Body extends object>(body: Body): Body {
  const clean = (value: unknown) => (typeof value === 'string' ? storable(value) : value)
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, clean(value)])) as Body // the same keys, strings stay strings
}

import { type Caller, roleIn } from '../access/caller.ts'
import { createRoute, problem, router, z } from '../http/router.ts'
import { ProblemError } from '../http/problem.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Cursors } from './cursor.ts'
import type { Hub } from './hub.ts'
import { type Listener, createReader } from './reader.ts'
import { whereToBegin } from './where-to-begin.ts'

export interface LiveRooms {
  hub: Hub
  ledger: Pick<Ledger, 'head'>
  cursors: Cursors
  /** How many streams one person may hold open; 0: no limit. */
  streamsPerPerson: number
}

const live = createRoute({
  method: 'get',
  path: '/live',
  summary: 'What happens, as it happens',
  description:
    'Server-sent events: `lock` (a LockEvent, with a cursor as its id), `freshness` (a namespace as on the board), `reset` (read the board again), `heartbeat` (at most 15 s apart). Begins after the cursor, if one is given, else now.',
  request: {
    query: z.object({ after: z.string().max(300).optional() }),
    headers: z.object({ 'last-event-id': z.string().optional() }),
  },
  responses: {
    200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } },
    400: problem('`after` is not a cursor'),
    401: problem('Not signed in'),
    429: problem('Too many open streams'),
  },
})

/** `no-transform` and the last one: whatever stands between must pass each event on at once, uncompressed. */
const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
}

/** The live stream. */
export function liveRoutes({ hub, ledger, cursors, streamsPerPerson }: LiveRooms) {
  return router().openapi(live, async c => {
    if (c.req.method === 'HEAD') return new Response(null, { headers: streamHeaders })
    const caller = c.get('caller')
    const sent = { lastEventId: c.req.valid('header')['last-event-id'], after: c.req.valid('query').after }
    const beginning = whereToBegin(sent, await ledger.head(), cursors)
    if (streamsPerPerson > 0 && hub.openOf(caller.person.id) >= streamsPerPerson)
      throw new ProblemError('too-many', {
        detail: `You have ${streamsPerPerson} live streams open, which is the limit. Close a tab or two and try again.`,
        retryAfterSeconds: 5,
      })
    const out = c.env.outgoing
    out.socket?.setNoDelay(true)
    out.socket?.setKeepAlive(true, 15_000)
    out.writeHead(200, streamHeaders)
    const reader = createReader(listenerOf(caller), out)
    out.on('close', () => hub.leave(reader)).on('error', () => hub.leave(reader))
    void hub.join(reader, beginning)
    // The answer is under way already. Not the framework's own constant for this: middleware that adds a header to it would write into the stream.
    return new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  })
}

/** The caller as somebody who listens. */
export function listenerOf({ person, sessionId, bindings }: Caller): Listener {
  return {
    personId: person.id,
    sessionId,
    roleIn: ref => roleIn(bindings, ref),
    audience: JSON.stringify(bindings),
  }
}

import type { Metrics } from './metrics.ts'
import { createRoute, json, problem, router, z } from './router.ts'
import { ProblemError } from './problem.ts'

const alive = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'The process is alive',
  security: [],
  responses: { 200: json(z.object({ status: z.literal('alive') }), 'Alive') },
})

const ready = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'The database answers, so the board can be shown; the cloud is not waited for',
  security: [],
  responses: {
    200: json(z.object({ status: z.literal('ready') }), 'Able to serve'),
    503: problem('Not able to serve'),
  },
})

const counts = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'Counts for Prometheus, without a person’s name',
  security: [],
  responses: { 200: { description: 'Counts', content: { 'text/plain': { schema: z.string() } } } },
})

/** What operations ask. */
export function healthRoutes({ isReady, metrics }: { isReady: () => Promise<boolean>; metrics: Metrics }) {
  return router()
    .openapi(alive, c => c.json({ status: 'alive' as const }, 200))
    .openapi(ready, async c => {
      if (!(await isReady())) throw new ProblemError('ledger-unavailable', { detail: 'The database does not answer.' })
      return c.json({ status: 'ready' as const }, 200)
    })
    .openapi(counts, async c =>
      c.text(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
    )
}

import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRoute, json, router, type RouteEnv, z } from './router.ts'

const description = createRoute({
  method: 'get',
  path: '/openapi.json',
  summary: 'This description',
  security: [],
  responses: { 200: json(z.record(z.string(), z.unknown()), 'OpenAPI 3.1') },
})

/** Describes every route of `described`, itself among them, with full paths. What names no `security` of its own needs the session. */
export function openapiRoutes(
  described: () => Pick<OpenAPIHono<RouteEnv>, 'getOpenAPI31Document' | 'openAPIRegistry'>,
  cookieName: string,
) {
  let document: Record<string, unknown> | undefined
  return router().openapi(description, c => {
    document ??= describe(described(), cookieName)
    return c.json(document, 200)
  })
}

function describe(
  app: Pick<OpenAPIHono<RouteEnv>, 'getOpenAPI31Document' | 'openAPIRegistry'>,
  cookieName: string,
): Record<string, unknown> {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: cookieName,
  })
  return {
    ...app.getOpenAPI31Document({
      security: [{ session: [] }],
      openapi: '3.1.0',
      info: {
        title: 'Lockdesk',
        version: '0.1.0',
        description: 'Who holds the edit lock of every Flink job draft, since when, and how we know.',
      },
    }),
  }
}

import type { OpenAPIHono } from '@hono/zod-openapi'
import { beforePasswordChange } from './public-routes.ts'
import { createRoute, json, problem, router, type RouteEnv, z } from './router.ts'

const description = createRoute({
  method: 'get',
  path: '/openapi.json',
  summary: 'This description',
  security: [],
  responses: { 200: json(z.record(z.string(), z.unknown()), 'OpenAPI 3.1') },
})

/**
 * Describes every route of `described`, itself among them, with full paths. What names no `security` of its own needs the session, and so
 * has what the gate in front of it answers, whether its own table says so or not.
 */
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
  for (const definition of app.openAPIRegistry.definitions)
    if (definition.type === 'route' && definition.route.security === undefined)
      definition.route.responses = withGate(definition.route)
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

const unfinished: ReadonlySet<string> = new Set(beforePasswordChange)
const notSignedIn = 'Not signed in'
const oneTimePassword = 'The one-time password is not changed yet'

interface Described {
  method: string
  path: string
  responses: Record<string, unknown>
}

/** The answers of a route behind a session: its own, and the gate's. */
function withGate<R extends Described>({ method, path, responses }: R): R['responses'] {
  const own = (responses[403] as { description?: string } | undefined)?.description
  return {
    401: problem(notSignedIn),
    ...responses,
    ...(!unfinished.has(`${method.toUpperCase()} ${path}`) && {
      403: problem(own === undefined ? oneTimePassword : `${own}. Or: ${oneTimePassword.toLowerCase()}`),
    }),
  }
}

import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi'
import { Problem } from '@lockdesk/contract'
import type { HttpBindings } from '@hono/node-server'
import type { Caller } from '../access/caller.ts'
import { ProblemError } from './problem.ts'

/** What every route finds in its context: the caller is set by the session middleware in front of all but the public routes. */
export interface RouteEnv {
  Bindings: HttpBindings
  Variables: {
    caller: Caller
    /** Named in the log, and to the caller as `X-Request-Id`. */
    requestId: string
    /** The pattern that fits the path, `/api/drafts/{workspace}/…`; `page` for everything that is not the API. */
    route: string
  }
}

/** An empty set of routes whose bad input becomes a problem that names each field. */
export function router(): OpenAPIHono<RouteEnv> {
  return new OpenAPIHono<RouteEnv>({
    defaultHook: result => {
      if (result.success) return
      const errors = result.error.issues.flatMap(errorsOf)
      throw new ProblemError('bad-request', { detail: 'Some of the input is not as it should be.', errors })
    },
  })
}

/** Whoever sends thousands of members that nobody knows is told of the first ones, cut to a length that can be read. */
const [mostStrangers, longestName] = [20, 100]

function errorsOf(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const at = (...below: string[]) => [...issue.path, ...below].join('.')
  if (issue.code !== 'unrecognized_keys') return [{ path: at(), message: issue.message }]
  return issue.keys
    .slice(0, mostStrangers)
    .map(key => ({ path: at(key.slice(0, longestName)), message: 'There is no member of this name.' }))
}

/** An answer in JSON, for the table of a route's responses. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** A problem, for the table of a route's responses. */
export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})

export { createRoute, z }

import { BusinessError } from './envelope.ts'
import { header, queryOf, type Received } from './exchange.ts'
import { GatewayError, type Trace } from './gateway.ts'
import type { Identity } from './identities.ts'
import type { Route } from './operations.ts'
import type { Switches } from './switches.ts'
import { findDraft, findNamespace, type Draft, type Holder, type Namespace, type World } from './world.ts'

/** One call that passed the gateway, with everything it needs to act. */
export interface Call {
  route: Route
  request: Received
  trace: Trace
  world: World
  switches: Switches
  identity: Identity
  /** As whom the caller appears in locks and as creator. */
  caller: Holder
  now: number
  /** How the page of a list is torn, if it is. */
  torn?: Tear
}

/** How a list comes apart when drafts move between two pages of it. */
export interface Tear {
  /** Entries of the page before that come again; on the first page its own first ones come twice. */
  repeat: number
  /** Entries of this page that no page shows. */
  skip: number
  /** What `totalSize` grows by from page to page. */
  drift: number
}

/** @throws GatewayError | BusinessError when the call names none, or none that exists */
export function namespaceOf(call: Call): Namespace {
  const workspace = header(call.request, 'workspace')
  if (workspace === undefined || workspace === '') throw missing('workspace')
  if (!call.world.workspaces.has(workspace)) throw new BusinessError('unknownWorkspace')
  const namespace = findNamespace(call.world, workspace, call.route.path['namespace'] ?? '')
  if (namespace === undefined) throw new BusinessError('unknownNamespace')
  return namespace
}

/** The draft of a call, by its path or, for getLock, by its query. */
export function draftOf(call: Call): Draft {
  const namespace = namespaceOf(call)
  const draftId = draftIdOf(call.route, call.request)
  if (draftId === undefined) throw missing('deploymentDraftId')
  const draft = findDraft(call.world, namespace, draftId)
  if (draft === undefined) throw new BusinessError('unknownDraft')
  return draft
}

/** The id that a call names, whether or not there is such a draft. */
export function draftIdOf(route: Route, request: Received): string | undefined {
  const id =
    route.operation === 'GetDeploymentDraftLock'
      ? queryOf(request).get('deploymentDraftId')
      : route.path['deploymentDraftId']
  return id === null || id === '' ? undefined : id
}

/**
 * A whole number of the query. Out of its range it is refused: whether the real service refuses or clamps is not known.
 * @throws GatewayError `InvalidParameter`
 */
export function wholeNumber(call: Call, name: string, fallback: number, low: number, high: number): number {
  const given = queryOf(call.request).get(name)
  if (given === null || given === '') return fallback
  const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN
  if (value >= low && value <= high) return value
  throw new GatewayError('InvalidParameter', `${name} must be a whole number from ${low} to ${high}.`)
}

/**
 * The JSON document of the body.
 * @throws GatewayError `MissingParameter` without one, `InvalidParameter` when it is not JSON
 */
export function documentOf(call: Call): unknown {
  if (call.request.body.length === 0) throw missing('body')
  try {
    return JSON.parse(Buffer.from(call.request.body).toString('utf8'))
  } catch {
    throw new GatewayError('InvalidParameter', 'The body is not a JSON document.')
  }
}

export const missing = (name: string) => new GatewayError('MissingParameter', `${name} is mandatory for this action.`)

import { header, pathOf, type Received } from './exchange.ts'
import { GatewayError } from './gateway.ts'

/** Every call this cloud serves, by the official name. */
export const operations = [
  'ListDeploymentDrafts',
  'GetDeploymentDraft',
  'CreateDeploymentDraft',
  'UpdateDeploymentDraft',
  'DeleteDeploymentDraft',
  'GetDeploymentDraftLock',
  'GetFolder',
  'CreateFolder',
  'UpdateFolder',
  'DeleteFolder',
  'ListMembers',
  'ListEditableNamespace',
  'GetCallerIdentity',
] as const
export type Operation = (typeof operations)[number]

/** Which operation a request means, and what its path says. */
export interface Route {
  operation: Operation
  version: string
  /** Decoded segments of the path. */
  path: Readonly<Record<string, string>>
}

const drafts = '/api/v2/namespaces/{namespace}/deployment-drafts'
const folder = '/api/v2/namespaces/{namespace}/folder'

const ververica: readonly (readonly [method: string, template: string, operation: Operation])[] = [
  ['GET', drafts, 'ListDeploymentDrafts'],
  ['POST', drafts, 'CreateDeploymentDraft'],
  ['POST', `${drafts}/getLock`, 'GetDeploymentDraftLock'],
  ['GET', `${drafts}/{deploymentDraftId}`, 'GetDeploymentDraft'],
  ['PATCH', `${drafts}/{deploymentDraftId}`, 'UpdateDeploymentDraft'],
  ['DELETE', `${drafts}/{deploymentDraftId}`, 'DeleteDeploymentDraft'],
  ['GET', folder, 'GetFolder'],
  ['POST', folder, 'CreateFolder'],
  ['PATCH', `${folder}/{folderId}`, 'UpdateFolder'],
  ['DELETE', `${folder}/{folderId}`, 'DeleteFolder'],
  ['GET', '/gateway/v2/namespaces/{namespace}/members', 'ListMembers'],
  ['GET', '/gateway/v2/namespaces/editable', 'ListEditableNamespace'],
]

const templates = ververica.map(([method, template, operation]) => ({
  method,
  segments: template.split('/'),
  operation,
}))

/** Finds the operation by verb and path; for RPC, whose path is `/`, by the header `x-acs-action`. */
export function findRoute(request: Received): Route | undefined {
  const path = pathOf(request)
  if (path === '/') {
    return header(request, 'x-acs-action') === 'GetCallerIdentity' && ['GET', 'POST'].includes(request.method)
      ? { operation: 'GetCallerIdentity', version: '2015-04-01', path: {} }
      : undefined
  }
  const segments = path.split('/')
  for (const template of templates) {
    if (template.method !== request.method) continue
    const values = matchSegments(template.segments, segments)
    if (values !== undefined) return { operation: template.operation, version: '2022-07-18', path: values }
  }
  return undefined
}

/**
 * What is wrong with a request that means no operation, or names another than its path does.
 * @throws GatewayError
 */
export function checkRoute(request: Received, route: Route | undefined): asserts route is Route {
  if (route === undefined) {
    const segments = pathOf(request).split('/')
    const otherVerb = templates.some(template => matchSegments(template.segments, segments) !== undefined)
    throw otherVerb
      ? new GatewayError('UnsupportedHTTPMethod', `${request.method} is not a method of this path.`)
      : new GatewayError('InvalidAction.NotFound', 'There is no such operation.')
  }
  if (header(request, 'x-acs-action') !== route.operation) {
    throw new GatewayError('InvalidAction.NotFound', `This path belongs to ${route.operation}.`)
  }
  if (header(request, 'x-acs-version') !== route.version) {
    throw new GatewayError('InvalidVersion.NotFound', `${route.operation} belongs to version ${route.version}.`)
  }
}

function matchSegments(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined
  const values: Record<string, string> = {}
  for (const [index, part] of template.entries()) {
    const segment = decode(segments[index] ?? '')
    if (segment === undefined) return undefined
    if (part.startsWith('{')) {
      if (segment === '') return undefined
      values[part.slice(1, -1)] = segment
    } else if (part !== segment) return undefined
  }
  return values
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

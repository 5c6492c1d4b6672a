import { createHash, randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { demoWorkspace } from '../src/build-world.ts'
import { demoKey, type AccessKey } from '../src/identities.ts'
import { officialSigner } from './official-client.ts'

/** A request as it goes over the wire, to be spoiled before it is sent. */
export interface WireRequest {
  method: string
  /** Path and query, encoded. */
  target: string
  headers: Record<string, string>
  body: string
}

export interface WireAnswer {
  status: number
  headers: NodeJS.Dict<string | string[]>
  bytes: Buffer
  text: string
  json(): Record<string, unknown>
}

export interface Unsigned {
  method?: string
  pathname: string
  query?: Record<string, string>
  action: string
  version?: string
  body?: string
  /** Epoch milliseconds. */
  date?: number
  nonce?: string
  key?: AccessKey
  workspace?: string | null
}

/** A request of the official signer's, ready to go. */
export function sign(url: string, unsigned: Unsigned): WireRequest {
  const { method = 'GET', pathname, query = {}, action, body = '', key = demoKey } = unsigned
  const workspace = unsigned.workspace === undefined ? demoWorkspace : unsigned.workspace
  const hash = createHash('sha256').update(body).digest('hex')
  const headers: Record<string, string> = {
    host: new URL(url).host,
    'x-acs-action': action,
    'x-acs-version': unsigned.version ?? '2022-07-18',
    'x-acs-date': new Date(unsigned.date ?? Date.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': unsigned.nonce ?? randomUUID(),
    'x-acs-content-sha256': hash,
    ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(workspace === null ? {} : { workspace }),
    ...(key.securityToken === undefined
      ? {}
      : { 'x-acs-accesskey-id': key.accessKeyId, 'x-acs-security-token': key.securityToken }),
  }
  headers['authorization'] = officialSigner.getAuthorization(
    { method, pathname, query, headers } as never,
    'ACS3-HMAC-SHA256',
    hash,
    key.accessKeyId,
    key.accessKeySecret,
  )
  const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return { method, target: search.length === 0 ? pathname : `${pathname}?${search.join('&')}`, headers, body }
}

/** Sends exactly these bytes, on a connection of its own. */
export async function send(url: string, wire: WireRequest, signal?: AbortSignal): Promise<WireAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const { method, target, headers, body } = wire
    const options = { hostname, port, method, path: target, headers, agent: false as const, ...(signal && { signal }) }
    const outgoing = httpRequest(options, incoming => {
      const chunks: Buffer[] = []
      incoming.on('error', reject)
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const text = bytes.toString('utf8')
        const status = incoming.statusCode ?? 0
        resolve({ status, headers: incoming.headers, bytes, text, json: () => JSON.parse(text) })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Signs and sends. */
export const call = (url: string, unsigned: Unsigned, signal?: AbortSignal) => send(url, sign(url, unsigned), signal)

const home = (namespace: string) => `/api/v2/namespaces/${encodeURIComponent(namespace)}/deployment-drafts`

/** The calls that most tests are made of. */
export const ask = {
  list: (namespace: string, query: Record<string, string> = {}): Unsigned => ({
    pathname: home(namespace),
    query,
    action: 'ListDeploymentDrafts',
  }),
  read: (namespace: string, draftId: string): Unsigned => ({
    pathname: `${home(namespace)}/${draftId}`,
    action: 'GetDeploymentDraft',
  }),
  take: (namespace: string, draftId: string, key?: AccessKey): Unsigned => ({
    method: 'POST',
    pathname: `${home(namespace)}/getLock`,
    query: { deploymentDraftId: draftId },
    action: 'GetDeploymentDraftLock',
    ...(key && { key }),
  }),
  create: (namespace: string, content: unknown): Unsigned => ({
    method: 'POST',
    pathname: home(namespace),
    action: 'CreateDeploymentDraft',
    body: JSON.stringify(content),
  }),
  update: (namespace: string, draftId: string, content: unknown): Unsigned => ({
    method: 'PATCH',
    pathname: `${home(namespace)}/${draftId}`,
    action: 'UpdateDeploymentDraft',
    body: JSON.stringify(content),
  }),
  delete: (namespace: string, draftId: string): Unsigned => ({
    method: 'DELETE',
    pathname: `${home(namespace)}/${draftId}`,
    action: 'DeleteDeploymentDraft',
  }),
  folder: (namespace: string, query: Record<string, string> = {}): Unsigned => ({
    pathname: `/api/v2/namespaces/${encodeURIComponent(namespace)}/folder`,
    query,
    action: 'GetFolder',
  }),
  members: (namespace: string, query: Record<string, string> = {}): Unsigned => ({
    pathname: `/gateway/v2/namespaces/${encodeURIComponent(namespace)}/members`,
    query,
    action: 'ListMembers',
  }),
  identity: (key: AccessKey): Unsigned => ({
    method: 'POST',
    pathname: '/',
    action: 'GetCallerIdentity',
    version: '2015-04-01',
    workspace: null,
    key,
  }),
}

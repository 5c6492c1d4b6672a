import official, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core'
import { demoKey, type AccessKey } from '../src/identities.ts'

// CommonJS with a default export of its own: Node hands out the module, vitest what that module calls default.
type OfficialClient = typeof official.default
const Client = ('default' in official ? official.default : official) as OfficialClient

/** The official signer, for requests that a test sends by hand. */
export { OpenApiUtil as officialSigner }

export interface OfficialCall {
  action: string
  version?: string
  method?: string
  style?: 'ROA' | 'RPC'
  pathname?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
}

export interface OfficialAnswer {
  statusCode: number
  headers: Record<string, string>
  body: Record<string, unknown>
}

/** What the official client throws for a 4xx or 5xx. */
export interface OfficialError {
  code: string
  statusCode: number
  message: string
  retryAfter?: number
  requestId?: string
  accessDeniedDetail?: Record<string, unknown>
}

/** The official generic client, unchanged but for where it sends to. */
export function officialClient(url: string, key: AccessKey = demoKey) {
  const client = new Client(
    new $OpenApiUtil.Config({
      accessKeyId: key.accessKeyId,
      accessKeySecret: key.accessKeySecret,
      ...(key.securityToken === undefined ? {} : { securityToken: key.securityToken }),
      endpoint: new URL(url).host,
      protocol: 'http',
      regionId: 'cn-hangzhou',
    }),
  )
  return async (call: OfficialCall): Promise<OfficialAnswer> => {
    const params = new $OpenApiUtil.Params({
      action: call.action,
      version: call.version ?? '2022-07-18',
      protocol: 'HTTP',
      method: call.method ?? 'GET',
      authType: 'AK',
      style: call.style ?? 'ROA',
      pathname: call.pathname ?? '/',
      reqBodyType: 'json',
      bodyType: 'json',
    })
    const request = new $OpenApiUtil.OpenApiRequest({
      query: call.query ?? {},
      headers: call.headers ?? {},
      ...(call.body === undefined ? {} : { body: call.body }),
    })
    return (await client.callApi(params, request, {} as never)) as unknown as OfficialAnswer
  }
}

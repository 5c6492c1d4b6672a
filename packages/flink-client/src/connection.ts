import { Client, EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici'

type Environment = Readonly<Record<string, string | undefined>>

/** A proxy setting that is no address. Its value is not repeated: it may hold a password. */
export class ProxyFault extends Error {
  override readonly name = 'ProxyFault'
}

interface Way {
  proxy: string
  noProxy: string
}

/**
 * The way out for an origin. `HTTPS_PROXY` counts for https; an http origin is on loopback, where a proxy has no
 * business. A proxy without a scheme is an http one, as everywhere.
 * @throws ProxyFault
 */
function wayThrough(origin: string, env: Environment): Way | null {
  if (origin.startsWith('http:')) return null
  const configured = (env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '').trim()
  if (configured === '') return null
  const proxy = configured.includes('://') ? configured : `http://${configured}`
  if (!URL.canParse(proxy) || !/^https?:/i.test(proxy)) {
    throw new ProxyFault('HTTPS_PROXY is not an address such as http://proxy.example:3128.')
  }
  return { proxy, noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '' }
}

/** Connections that are kept and shared; what reads go by. Eight are plenty under a budget counted per minute. */
export function openConnections(origin: string, env: Environment, connectTimeoutMs: number): Dispatcher {
  const way = wayThrough(origin, env)
  const options = { connections: 8, pipelining: 1, allowH2: false, connect: { timeout: connectTimeoutMs } }
  if (way === null) return new Pool(origin, options)
  return new EnvHttpProxyAgent({ ...options, httpsProxy: way.proxy, noProxy: way.noProxy })
}

/**
 * One connection for one request: nothing earlier was sent on it, so the other side has not just closed it; it asks to be
 * closed with the answer. The caller destroys it.
 */
export function openOneConnection(origin: string, env: Environment, connectTimeoutMs: number): Dispatcher {
  const way = wayThrough(origin, env)
  const options = { pipelining: 0, allowH2: false, connect: { timeout: connectTimeoutMs } }
  if (way === null) return new Client(origin, options)
  return new EnvHttpProxyAgent({ ...options, connections: 1, httpsProxy: way.proxy, noProxy: way.noProxy })
}

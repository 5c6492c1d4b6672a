/** Regions with an endpoint of Realtime Compute for Apache Flink. */
export const regions = [
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-3',
  'ap-southeast-5',
  'cn-beijing',
  'cn-chengdu',
  'cn-hangzhou',
  'cn-hongkong',
  'cn-qingdao',
  'cn-shanghai',
  'cn-shanghai-finance-1',
  'cn-shenzhen',
  'cn-wulanchabu',
  'cn-zhangjiakou',
  'eu-central-1',
  'eu-west-1',
  'us-east-1',
  'us-west-1',
] as const
export type Region = (typeof regions)[number]

/** An endpoint that cannot be used. The message names the value it is about and nothing else of the configuration. */
export class EndpointFault extends Error {
  override readonly name = 'EndpointFault'
  readonly value: string
  constructor(value: string, why: string) {
    super(`${JSON.stringify(value)} ${why}`)
    this.value = value
  }
}

function isRegion(regionId: string): regionId is Region {
  return (regions as readonly string[]).includes(regionId)
}

/**
 * Public origin of the Flink endpoint of a region; one inside a VPC is configured as a whole.
 * @throws EndpointFault where the region is not one of {@link regions}
 */
export function flinkEndpoint(regionId: string): string {
  if (!isRegion(regionId)) {
    throw new EndpointFault(regionId, `is not a region of the Flink API; those are ${regions.join(', ')}.`)
  }
  return `https://ververica.${regionId}.aliyuncs.com`
}

/**
 * Origin of the STS endpoint of a region.
 * @throws EndpointFault where the region is not one of {@link regions}
 */
export function stsEndpoint(regionId: string): string {
  if (!isRegion(regionId)) throw new EndpointFault(regionId, 'is not a region of the Flink API.')
  return `https://sts.${regionId}.aliyuncs.com`
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  )
}

/**
 * Reads an endpoint somebody configured: a full origin, `https://`, or `http://` on loopback only, since keys and locks
 * travel on it. A closing `/` and capitals are forgiven; a path, a query or a password are not.
 * @returns the origin in its one spelling: lower-case host, port only where it is not the scheme's own
 * @throws EndpointFault
 */
export function parseEndpoint(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null
  if (url === null || !/^https?:\/\//i.test(value.trim())) {
    throw new EndpointFault(value, 'is not a full origin such as https://ververica.cn-hangzhou.aliyuncs.com.')
  }
  if (url.username !== '' || url.password !== '') {
    // The value holds what may be a password: it is not repeated.
    throw new EndpointFault(url.origin, 'must not carry a user name or password.')
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || /[?#]/.test(value)) {
    throw new EndpointFault(value, 'must be an origin only: no path, query or fragment.')
  }
  if (url.port === '0') throw new EndpointFault(value, 'names port 0, where nobody can listen.')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new EndpointFault(value, 'is http, which is allowed for loopback only; use https.')
  }
  return url.origin
}

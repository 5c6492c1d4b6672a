import { BlockList, isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { RouteEnv } from '../http/router.ts'

/** The address a request came from, for limits only. */
export type ClientAddress = (c: Context<RouteEnv>) => string

/**
 * The socket's own address, unless that is a trusted proxy: then the rightmost address of `X-Forwarded-For` that is not one.
 * What anybody else writes into that header counts for nothing.
 * @param trustedProxies addresses or CIDR ranges
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const isTrusted = createMembership(trustedProxies)
  return c => {
    const peer = plain((c.env as HttpBindings | undefined)?.incoming?.socket?.remoteAddress ?? '')
    return forwardedAddress(peer, c.req.header('x-forwarded-for'), isTrusted)
  }
}

/** @param header the value of `X-Forwarded-For`, nearest hop last */
export function forwardedAddress(
  peer: string,
  header: string | undefined,
  isTrusted: (address: string) => boolean,
): string {
  if (header === undefined || !isTrusted(peer)) return peer
  let nearest = peer
  for (const hop of header.split(',').toReversed()) {
    const address = plain(hop.trim())
    // A hop that is no address was not written by a proxy of ours: what stands left of it is hearsay.
    if (isIP(address) === 0) return nearest
    nearest = address
    if (!isTrusted(address)) return address
  }
  return nearest
}

export function createMembership(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return address => {
    const version = isIP(address)
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4')
  }
}

/** An IPv4 address that came by an IPv6 socket, as IPv4. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address
}

import { describe, expect, it } from 'vitest'
import { createMembership, forwardedAddress } from './client-address.ts'

const trusted = createMembership(['10.0.0.1', '192.168.0.0/16', '::1'])

describe('the address that limits count by', () => {
  it('is the socket’s own, whatever a stranger writes into the header', () => {
    expect(forwardedAddress('203.0.113.9', '1.2.3.4', trusted)).toBe('203.0.113.9')
  })

  it('is the rightmost address that is not a proxy of ours', () => {
    expect(forwardedAddress('10.0.0.1', '1.2.3.4, 198.51.100.7, 192.168.3.4', trusted)).toBe('198.51.100.7')
  })

  it('reads nothing to the left of a hop that is no address', () => {
    expect(forwardedAddress('10.0.0.1', '1.2.3.4, unknown, 192.168.3.4', trusted)).toBe('192.168.3.4')
  })

  it('is the proxy where it says nothing', () => {
    expect(forwardedAddress('10.0.0.1', undefined, trusted)).toBe('10.0.0.1')
    expect(forwardedAddress('10.0.0.1', '', trusted)).toBe('10.0.0.1')
  })

  it('knows an IPv4 address that came by an IPv6 socket', () => {
    expect(forwardedAddress('10.0.0.1', '::ffff:198.51.100.7', trusted)).toBe('198.51.100.7')
  })
})

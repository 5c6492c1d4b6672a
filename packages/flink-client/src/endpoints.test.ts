import { describe, expect, it } from 'vitest'
import { EndpointFault, flinkEndpoint, parseEndpoint, regions, stsEndpoint } from './index.ts'

it('knows eighteen regions, each with its endpoints', () => {
  expect(regions).toHaveLength(18)
  expect(flinkEndpoint('cn-hangzhou')).toBe('https://ververica.cn-hangzhou.aliyuncs.com')
  expect(stsEndpoint('eu-central-1')).toBe('https://sts.eu-central-1.aliyuncs.com')
  for (const region of regions) expect(parseEndpoint(flinkEndpoint(region))).toBe(flinkEndpoint(region))
})

it.each(['', 'cn-hangzou', 'CN-HANGZHOU', 'evil.example#'])('refuses the region %j', region => {
  expect(() => flinkEndpoint(region)).toThrow(EndpointFault)
  expect(() => stsEndpoint(region)).toThrow(EndpointFault)
})

describe('an endpoint somebody configured', () => {
  it.each([
    ['https://ververica.cn-hangzhou.aliyuncs.com', 'https://ververica.cn-hangzhou.aliyuncs.com'],
    ['https://VERVERICA.cn-hangzhou.aliyuncs.com/', 'https://ververica.cn-hangzhou.aliyuncs.com'],
    ['https://proxy.example:8443', 'https://proxy.example:8443'],
    ['https://proxy.example:443', 'https://proxy.example'],
    ['http://LOCALHOST:4181/', 'http://localhost:4181'],
    ['http://127.0.0.1:4181', 'http://127.0.0.1:4181'],
    ['http://[::1]:4181', 'http://[::1]:4181'],
  ])('%s is used as %s', (value, origin) => {
    expect(parseEndpoint(value)).toBe(origin)
  })

  it.each([
    'ververica.cn-hangzhou.aliyuncs.com',
    'ververica.cn-hangzhou.aliyuncs.com:443',
    '//ververica.cn-hangzhou.aliyuncs.com',
    'ftp://ververica.example',
    'https://',
    'https://proxy.example/flink',
    'https://proxy.example?x=1',
    'https://proxy.example/?',
    'https://proxy.example#x',
    'http://ververica.cn-hangzhou.aliyuncs.com',
    'http://localhost.example:4181',
    'http://0.0.0.0:4181',
    'http://127.0.0.1:0',
    '',
  ])('%j is refused, by its value alone', value => {
    expect(() => parseEndpoint(value)).toThrow(EndpointFault)
    expect(() => parseEndpoint(value)).toThrow(JSON.stringify(value))
  })

  it('is refused with a password in it, and the password is not repeated', () => {
    expect(() => parseEndpoint('https://desk:hunter2@proxy.example')).toThrow(EndpointFault)
    expect(() => parseEndpoint('https://desk:hunter2@proxy.example')).not.toThrow('hunter2')
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { json, pageOf, rawCloud } from '../fixtures/raw-cloud.ts'
import { createFlinkClient, createLockTaker, ProxyFault, type FlinkClientOptions } from './index.ts'

/** A proxy that notes where it was asked to connect to, and refuses. */
async function refusingProxy() {
  const asked: { target: string; authorization: string | undefined }[] = []
  const server = createServer((request, response) => {
    asked.push({ target: `${request.method} ${request.url}`, authorization: request.headers['proxy-authorization'] })
    response.writeHead(502).end()
  })
  server.on('connect', (request, socket) => {
    asked.push({ target: `CONNECT ${request.url}`, authorization: request.headers['proxy-authorization'] })
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, address: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const page = { index: 1, size: 100 }
const endpoint = 'https://ververica.cn-hangzhou.aliyuncs.com'

async function readPage(options: FlinkClientOptions) {
  const client = createFlinkClient(options)
  onTestFinished(() => client.close())
  return client.drafts.readPage('n', page, { purpose: 'sweep' })
}

it.each([
  ['HTTPS_PROXY', ''],
  ['https_proxy', 'http://'],
])(
  'goes out through %s (%sHOST:PORT), reads and takes alike, signed in where it names somebody',
  async (name, scheme) => {
    const proxy = await refusingProxy()
    const { options } = await rawCloud(() => undefined, { random: () => 0 })
    const env = { [name]: `${scheme}${scheme === '' ? '' : 'desk:pass@'}${proxy.address}` }
    await expect(readPage({ ...options, endpoint, env })).rejects.toMatchObject({ name: 'NoAnswer', how: 'connection' })
    expect(await createLockTaker({ ...options, endpoint, env }).takeLock('n', 'd1', {})).toMatchObject({ kind: 'lost' })
    const targets = proxy.asked.map(({ target }) => target)
    expect(new Set(targets)).toEqual(new Set(['CONNECT ververica.cn-hangzhou.aliyuncs.com:443']))
    expect(targets).toHaveLength(3 + 1)
    const signedIn = scheme === '' ? undefined : `Basic ${Buffer.from('desk:pass').toString('base64')}`
    expect(proxy.asked.every(({ authorization }) => authorization === signedIn)).toBe(true)
  },
)

it('speaks TLS with the cloud itself through the tunnel', async () => {
  const hello = Promise.withResolvers<Buffer>()
  const proxy = createServer()
  proxy.on('connect', (_request, socket) => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    socket.once('data', bytes => {
      hello.resolve(bytes)
      socket.destroy()
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void proxy.close())
  const { options } = await rawCloud(() => undefined)
  const env = { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` }
  const answer = await createLockTaker({ ...options, endpoint, env }).takeLock('n', 'd1', {})
  expect(answer).toEqual({ kind: 'lost', cause: 'connection' })
  const bytes = await hello.promise
  expect(bytes[0]).toBe(0x16) // A TLS handshake, which begins by naming the host.
  expect(bytes.toString('latin1')).toContain('ververica.cn-hangzhou.aliyuncs.com')
})

it.each(['127.0.0.1', '*', 'other.example, 127.0.0.1'])('goes straight where NO_PROXY is %j', async noProxy => {
  const proxy = await refusingProxy()
  // An https origin at which nobody speaks TLS: refused at once, and by itself.
  const cloud = await rawCloud(() => undefined, { random: () => 0 })
  const straight = { ...cloud.options, endpoint: cloud.origin.replace('http:', 'https:') }
  const env = { HTTPS_PROXY: `http://${proxy.address}` }
  await expect(readPage({ ...straight, env })).rejects.toMatchObject({ name: 'NoAnswer' })
  expect(proxy.asked.length).toBeGreaterThan(0)
  const before = proxy.asked.length
  await expect(readPage({ ...straight, env: { ...env, NO_PROXY: noProxy } })).rejects.toMatchObject({
    name: 'NoAnswer',
  })
  await createLockTaker({ ...straight, env: { ...env, no_proxy: noProxy } }).takeLock('n', 'd1', {})
  expect(proxy.asked).toHaveLength(before)
})

it('never sends a call to loopback through a proxy', async () => {
  const proxy = await refusingProxy()
  const cloud = await rawCloud(response => json(response, pageOf([])))
  const address = `http://${proxy.address}`
  await readPage({ ...cloud.options, env: { HTTPS_PROXY: address, HTTP_PROXY: address, http_proxy: address } })
  expect([proxy.asked.length, cloud.arrivals.length]).toEqual([0, 1])
})

it('says at once that a proxy setting is no address, without repeating it', async () => {
  const { options } = await rawCloud(() => undefined)
  for (const HTTPS_PROXY of ['http://desk:canary@', 'socks5://canary:1', 'ftp://canary']) {
    const wrong = { ...options, endpoint, env: { HTTPS_PROXY } }
    expect(() => createFlinkClient(wrong)).toThrow(ProxyFault)
    expect(() => createLockTaker(wrong)).toThrow(ProxyFault)
    expect(() => createLockTaker(wrong)).not.toThrow('canary')
  }
})

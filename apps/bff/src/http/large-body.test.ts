import { Agent, type IncomingMessage, request } from 'node:http'
import { type Socket, connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type House, openHouse, own } from '../../fixtures/house.ts'

let house: House
let port: number

beforeAll(async () => {
  house = await openHouse()
  port = (await house.listen(0, '127.0.0.1')).port
})
afterAll(() => house.close())
afterEach(() => void vi.useRealTimers())

const path = '/api/demo/sign-in'
const bodyOf = (bytes: number) => JSON.stringify({ person: 'x'.repeat(bytes) })

interface Answered {
  status: number | undefined
  type: string | undefined
  body: unknown
  /** Whether it came over a connection that had been used before. */
  isReused: boolean
}

/** One request through the agent. @param chunked the length is not told beforehand */
function ask(agent: Agent, method: 'GET' | 'POST', at: string, body?: string, chunked = false): Promise<Answered> {
  const { promise, resolve, reject } = Promise.withResolvers<Answered>()
  const length = body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) }
  const asked = request({ agent, host: '127.0.0.1', port, method, path: at, headers: { ...own, ...length } })
  asked.on('error', reject)
  asked.on('response', (answer: IncomingMessage) => {
    let text = ''
    answer.setEncoding('utf8').on('data', (part: string) => (text += part))
    answer.on('error', reject)
    answer.on('end', () =>
      resolve({
        status: answer.statusCode,
        type: answer.headers['content-type'],
        body: JSON.parse(text),
        isReused: asked.reusedSocket,
      }),
    )
  })
  // In parts, as a client sends that reads a file.
  for (let at = 0; body !== undefined && at < body.length; at += 60_000) asked.write(body.slice(at, at + 60_000))
  asked.end()
  return promise
}

const sizes = [
  ['300 KB', 300 * 1024],
  ['2 MB', 2 * 1024 * 1024],
] as const
const framings = [
  ['told', false],
  ['not told', true],
] as const
const cases = sizes.flatMap(([size, bytes]) => framings.map(([length, chunked]) => ({ size, bytes, length, chunked })))

describe('a body that is too large', () => {
  it.each(cases)('of $size, its length $length, is refused and the connection lives on', async ({ bytes, chunked }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const refused = await ask(agent, 'POST', path, bodyOf(bytes), chunked)
    expect(refused).toMatchObject({ status: 413, type: 'application/problem+json', body: { code: 'too-large' } })
    const next = await ask(agent, 'POST', path, '{"person":"bo"}')
    expect(next).toMatchObject({ status: 200, body: { person: { id: 'bo' } }, isReused: true })
    agent.destroy()
  })

  it.each(cases)('of $size, its length $length, is nothing that fetch stumbles over', async ({ bytes, chunked }) => {
    const url = `http://127.0.0.1:${port}${path}`
    const send = (body: string | ReadableStream) => fetch(url, { method: 'POST', headers: own, body, duplex: 'half' })
    for (let round = 0; round < 3; round++) {
      const text = bodyOf(bytes)
      const refused = await send(chunked ? new Blob([text]).stream() : text)
      expect(refused.status).toBe(413)
      expect(await refused.json()).toMatchObject({ code: 'too-large' })
      const next = await send('{"person":"bo"}')
      expect(next.status).toBe(200)
      await next.body?.cancel()
    }
  })

  it.each(framings)('is refused before it has come as a whole, its length %s', async (_, chunked) => {
    const body = bodyOf(300 * 1024)
    const rest = body.slice(100_000)
    const socket = connect(port, '127.0.0.1')
    const heard = listen(socket)
    const framing = chunked ? 'transfer-encoding: chunked' : `content-length: ${body.length}`
    socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${framing}\r\n\r\n`)
    socket.write(chunked ? `${(100_000).toString(16)}\r\n${body.slice(0, 100_000)}\r\n` : body.slice(0, 100_000))
    await expect.poll(heard).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"too-large"/)
    socket.write(chunked ? `${rest.length.toString(16)}\r\n${rest}\r\n0\r\n\r\n` : rest)
    socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    await expect.poll(heard).toMatch(/}HTTP\/1\.1 200 /)
    socket.destroy()
  })
})

describe('a body that is just small enough', () => {
  it.each(framings)('is read, its length %s', async (_, chunked) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const padded = `{"person":"bo"}${' '.repeat(64 * 1024 - 15)}`
    expect(await ask(agent, 'POST', path, padded, chunked)).toMatchObject({ status: 200, body: { mode: 'demo' } })
    expect(await ask(agent, 'POST', path, `${padded} `, chunked)).toMatchObject({ status: 413, isReused: true })
    agent.destroy()
  })
})

describe('a body that nobody wants', () => {
  it.each(cases)('of $size, its length $length, does not cost the connection', async ({ bytes, chunked }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const refused = await ask(agent, 'POST', '/api/auth/change-password', bodyOf(bytes), chunked)
    expect(refused).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
    expect(await ask(agent, 'GET', '/api/demo/people')).toMatchObject({ status: 200, isReused: true })
    agent.destroy()
  })

  it('may come slowly', async () => {
    const body = bodyOf(1024)
    const socket = connect(port, '127.0.0.1')
    const heard = listen(socket)
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    socket.write(
      `POST /api/auth/change-password HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    )
    await expect.poll(heard).toMatch(/^HTTP\/1\.1 401 [\s\S]*"code":"not-signed-in"/)
    await vi.advanceTimersByTimeAsync(5_000)
    socket.write(`${body}GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    await expect.poll(heard).toMatch(/}HTTP\/1\.1 200 /)
    socket.destroy()
  })
})

/** @returns everything that has come so far */
function listen(socket: Socket): () => string {
  let text = ''
  socket.setEncoding('utf8').on('data', (part: string) => (text += part))
  socket.on('error', () => {}) // what came before it is what is judged
  return () => text
}

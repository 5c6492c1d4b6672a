import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { CannotListen, type Listening, serve } from './serve.ts'

const running: Listening[] = []
const local = { port: 0, host: '127.0.0.1' }

async function start(fetch: Parameters<typeof serve>[0]) {
  const listening = await serve(fetch, local)
  running.push(listening)
  return listening
}

afterEach(async () => {
  for (const one of running.splice(0)) await one.close(0)
})

/** Sends bytes as they are. @returns what comes back until the server closes */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket
      .on('data', part => (answer += part))
      .on('close', () => resolve(answer))
      .on('error', reject)
  })
}

describe('listening', () => {
  it('on a port that is in use fails with a sentence', async () => {
    const { port } = await start(() => new Response('x'))
    const second = serve(() => new Response('x'), { ...local, port })
    await expect(second).rejects.toThrow(CannotListen)
    await expect(second).rejects.toThrow(`PORT: ${port} on 127.0.0.1 is in use`)
  })

  it('answers a host that is none with a problem', async () => {
    const { port } = await start(() => new Response('x'))
    const answer = await raw(port, 'GET / HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer).toContain('"code":"bad-request"')
  })
})

describe('closing', () => {
  it('waits for what is being answered', async () => {
    const { promise: done, resolve: finish } = Promise.withResolvers<Response>()
    const { promise: asked, resolve: hear } = Promise.withResolvers<void>()
    const { port, close } = await start(() => {
      hear()
      return done
    })
    const answer = fetch(`http://127.0.0.1:${port}/`).then(response => response.text())
    await asked
    const closed = close(60_000)
    finish(new Response('done'))
    expect(await answer).toBe('done')
    await closed
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow()
  })

  it('does not wait longer than it is told', async () => {
    const { promise: asked, resolve: hear } = Promise.withResolvers<void>()
    const { port, close } = await start(() => {
      hear()
      return new Promise<Response>(() => {})
    })
    const cut = new Promise<string>(resolve => {
      request({ port, host: '127.0.0.1' })
        .on('error', error => resolve(error.message))
        .end()
    })
    await asked
    await close(10)
    expect(await cut).toBe('socket hang up')
  })
})

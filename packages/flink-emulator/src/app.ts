import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono, type Context } from 'hono'
import { answerRequest, type CloudState } from './cloud.ts'
import type { Answer, Received, Reply } from './exchange.ts'

/** Bindings of Node's server; absent when `app.fetch` is called without a server. */
type Env = { Bindings: Partial<HttpBindings> }

/** The connection was cut without an answer; only `app.fetch` without a server shows it as an error. */
export class ConnectionCut extends TypeError {
  override readonly name = 'ConnectionCut'
}

const bodyLimit = 8 * 1024 * 1024

/** The cloud and its control plane, on one port. */
export function createApp(state: CloudState, control: Hono): Hono<Env> {
  const app = new Hono<Env>()
  app.route('/_emulator', control)
  app.all('*', async c => {
    const { incoming, outgoing } = c.env ?? {}
    if (incoming === undefined || outgoing === undefined) {
      return asResponse(await answerRequest(state, await receiveBare(c)))
    }
    const left = new AbortController()
    outgoing.once('close', () => left.abort())
    const target = incoming.url ?? '/'
    const body = new Uint8Array(await c.req.arrayBuffer())
    if (body.length > bodyLimit) {
      outgoing.writeHead(413).end()
      return RESPONSE_ALREADY_SENT
    }
    const method = incoming.method ?? 'GET'
    const request: Received = { method, target, headers: pairs(incoming.rawHeaders), body, gone: left.signal }
    const reply = await answerRequest(state, request)
    if (reply === 'cut') incoming.socket.destroy()
    else send(reply, outgoing)
    return RESPONSE_ALREADY_SENT
  })
  app.onError(error => {
    throw error
  })
  return app
}

function pairs(raw: readonly string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[index * 2] ?? '', raw[index * 2 + 1] ?? ''])
}

/** Written past Hono, so that nothing is added to the bytes and headers of the answer. */
function send(answer: Answer, outgoing: HttpBindings['outgoing']): void {
  const body = Buffer.from(answer.body)
  const named = new Set(Object.keys(answer.headers).map(name => name.toLowerCase()))
  const length = named.has('content-length') || named.has('transfer-encoding') ? {} : { 'content-length': body.length }
  outgoing.writeHead(answer.status, { ...answer.headers, ...length }).end(body)
}

/** A `Request` has no raw form: its URL stands for what was sent, its host for the header. */
async function receiveBare(c: Context<Env>): Promise<Received> {
  const { raw } = c.req
  const url = new URL(raw.url)
  const headers = [...raw.headers]
  if (!raw.headers.has('host')) headers.push(['host', url.host])
  return {
    method: raw.method,
    target: `${url.pathname}${url.search}`,
    headers,
    body: new Uint8Array(await raw.arrayBuffer()),
    gone: raw.signal,
  }
}

function asResponse(reply: Reply): Response {
  if (reply === 'cut') throw new ConnectionCut('The connection was cut without an answer.')
  const empty = [204, 205, 304].includes(reply.status)
  return new Response(empty ? null : Buffer.from(reply.body), { status: reply.status, headers: reply.headers })
}

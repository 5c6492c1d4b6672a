import { RequestError, getRequestListener } from '@hono/node-server'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ProblemError, problemBody } from './problem.ts'

export interface Listening {
  host: string
  port: number
  /** Takes no new connections, lets go of those that rest, and waits for what is being answered: no longer than this, then it is cut. */
  close(longestMs: number): Promise<void>
}

/** The address is taken, or is not this machine's: a sentence for the operator. */
export class CannotListen extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'CannotListen'
  }
}

/**
 * Listens for HTTP.
 * Heads and bodies must arrive in good time, so that slow senders hold no connection; answers may take as long as they like: live streams do.
 * @param port 0 for any that is free
 */
export async function serve(
  fetch: Parameters<typeof getRequestListener>[0],
  { port, host }: { port: number; host: string },
): Promise<Listening> {
  // A body that nobody read runs out behind the answer, by Node's own doing. The adapter's would hang up on a slow sender.
  const answer = getRequestListener(fetch, { hostname: host, errorHandler: unreadable, autoCleanupIncoming: false })
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5_000 },
    (request, response) => void answer(request, response),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(explain(error, { port, host })))
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  return { host, port: address.port, close: longestMs => closeServer(server, longestMs) }
}

/** What does not even become a request of the app (a host name that is none), and what the app could not answer. */
function unreadable(thrown: unknown): Response {
  const error =
    thrown instanceof RequestError
      ? new ProblemError('bad-request', { detail: 'The request line or the host cannot be read.' })
      : new ProblemError('internal', { detail: 'Nothing more can be said here. The log has the cause.' })
  return new Response(JSON.stringify(problemBody(error)), {
    status: error.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })
}

async function closeServer(server: Server, longestMs: number): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  // A connection that was answering goes back to rest, and would rest for its whole keep-alive time.
  const rest = setInterval(() => server.closeIdleConnections(), 20)
  const cut = setTimeout(() => server.closeAllConnections(), longestMs)
  await closed
  clearInterval(rest)
  clearTimeout(cut)
}

function explain(error: NodeJS.ErrnoException, { port, host }: { port: number; host: string }): Error {
  const sentence = {
    EADDRINUSE: `PORT: ${port} on ${host} is in use by another process. Stop that one, or choose another port, for example PORT=4190.`,
    EACCES: `PORT: this user may not listen on ${port}. Choose one above 1023, for example PORT=4180.`,
    EADDRNOTAVAIL: `HOST: ${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.`,
    ENOTFOUND: `HOST: ${host} is not known here. Use 127.0.0.1, or 0.0.0.0 for all.`,
  }[error.code ?? '']
  return sentence === undefined ? error : new CannotListen(sentence, { cause: error })
}

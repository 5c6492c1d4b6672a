import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Command } from './command.ts'
import { removeControl, writeControl } from './control-file.ts'
import type { Perform, Performed } from './perform.ts'

/** Whoever asks sends a challenge by this name, before the token and before the command. */
export const challengeHeader = 'x-lockdesk-challenge'
/** A witness of years has thousands of lines. Nobody without the token is listened to that long. */
const mostBytes = 16 * 1024 * 1024

/** What only somebody who has the token can answer to a challenge: by this the process is known, and not another that has its port now. */
export function proofOf(token: string, challenge: string): string {
  return createHmac('sha256', token).update(challenge).digest('base64url')
}

/**
 * Listens for the operator's commands while this process owns the store: on a loopback port, for whoever can read the data folder.
 * @param perform is asked first which file the store is
 * @returns stops it
 */
export async function startControl(folder: string, perform: Perform): Promise<() => Promise<void>> {
  const token = randomBytes(32).toString('base64url')
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    void answer(request, response, token, perform)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const store = (await perform({ kind: 'store' })).lines.join('\n')
  const control = { port: (server.address() as AddressInfo).port, token, store }
  await writeControl(folder, control)
  return async () => {
    await removeControl(folder, control)
    await new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeIdleConnections()
    })
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  perform: Perform,
): Promise<void> {
  const reply = (status: number, body: Performed | { proof: string } | null = null) => {
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
    response.end(JSON.stringify(body ?? {}))
  }
  const challenge = request.headers[challengeHeader]
  if (request.method === 'GET' && typeof challenge === 'string') return reply(200, { proof: proofOf(token, challenge) })
  if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`)) return reply(401)
  if (request.method !== 'POST') return reply(405)
  const command = Command.safeParse(await readJson(request))
  if (!command.success) return reply(400)
  try {
    reply(200, await perform(command.data))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    reply(200, { lines: [`It could not be done: ${why}`], isWell: false })
  }
}

/** In constant time: both are hashed first, so that not even the length tells. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length
      if (size > mostBytes) return undefined
      parts.push(part)
    }
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    return undefined
  }
}

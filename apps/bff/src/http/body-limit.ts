import type { MiddlewareHandler } from 'hono'
import { tooLarge } from './answer-error.ts'
import type { RouteEnv } from './router.ts'

/**
 * Refuses a body that is too large, as soon as that is known: by its length where that is told, else by counting.
 * What is still to come of it runs out unread, for as long as the server gives a request: to hang up on somebody who is sending
 * would lose them the answer, and whatever they ask next over the same connection.
 */
export function bodyLimit(mostBytes: number): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    const told = c.req.header('content-length')
    // Where nobody has touched the body, Node itself lets it run out behind the answer.
    if (Number(told) > mostBytes) throw tooLarge()
    const stream = told === undefined ? c.req.raw.body : null
    if (!stream) return next()
    const body = await readAtMost(stream.getReader(), mostBytes)
    if (body === null) throw tooLarge()
    c.req.raw = new Request(c.req.raw, { method: c.req.method, body })
    return next()
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>

/** @returns null for more than that */
async function readAtMost(reader: Reader, mostBytes: number): Promise<Blob | null> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length
    if (size > mostBytes) {
      void runOut(reader)
      return null
    }
    parts.push(part.value)
  }
  return new Blob(parts)
}

async function runOut(reader: Reader): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // The sender went away, or took too long.
  }
}

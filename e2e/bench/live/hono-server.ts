import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { type LiveServer, doorkeeper, eventOf } from './server.ts'

/** As its documents show it: each client has its stream, and each stream is written to. */
export async function startHonoServer(): Promise<LiveServer> {
  const door = doorkeeper()
  const streams = new Set<SSEStreamingApi>()
  const app = new Hono().get('/api/live', c =>
    streamSSE(c, async stream => {
      streams.add(stream)
      door.enter()
      await new Promise<void>(resolve => stream.onAbort(resolve))
      streams.delete(stream)
    }),
  )
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  server.listen(0, '127.0.0.1', 4096)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    joined: door.joined,
    async publish(mark, count) {
      for (let at = mark; at < mark + count; at++)
        for (const stream of streams) {
          if (stream.aborted || stream.closed) streams.delete(stream)
          else void stream.writeSSE({ event: 'lock', id: String(at), data: JSON.stringify(eventOf(at)) })
        }
    },
  }
}

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type HubRooms, createHub } from '@lockdesk/bff/hub'
import { createReader } from '@lockdesk/bff/reader'
import { type LiveServer, doorkeeper, entry } from './server.ts'

const pagesOfAPerson = 8

/** The live room of the server, on a ledger in memory: nothing but the store and the sign-in is left out. */
export async function startOurServer(): Promise<LiveServer> {
  let last = 0
  let tell: (committed: ReturnType<typeof entry>[]) => void = () => {}
  const head = async () => last
  const ledger: HubRooms['ledger'] = {
    head,
    // Made when they are asked for, as a store would read them: they are not part of what a client costs.
    entries: async ({ after = 0, limit }) =>
      Array.from({ length: Math.max(0, Math.min(limit, last - after)) }, (_, at) => entry(after + at)),
    names: async () => new Map(),
    memberOf: async () => () => true,
    onCommit(listener) {
      tell = listener
      return () => {}
    },
    onFreshness: () => () => {},
  }
  const hub = createHub({
    ledger,
    cursors: { sign: (_kind, number) => `a-signed-cursor-of-some-length-${number}` },
    isService: () => false,
    knownNamespaces: async () => [{ workspace: 'a14bd5d90a1234', namespace: 'trade-dev' }],
    freshness: async () => [],
    listenerOf: async () => null,
    log: { error: (facts, message) => console.error(message, facts) },
    heartbeatMs: 3_600_000,
    recheckMs: 3_600_000,
  })
  const door = doorkeeper()
  let met = 0
  const server = createServer((_request, answer) => {
    const person = Math.floor(met++ / pagesOfAPerson)
    const listener = {
      personId: `person-${person}`,
      sessionId: `session-${person}`,
      roleIn: () => 'viewer' as const,
      audience: 'viewers of everything',
    }
    answer.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
    const reader = createReader(listener, answer)
    answer.once('close', () => hub.leave(reader))
    void head()
      .then(number => hub.join(reader, { number, isReset: false }))
      .then(door.enter)
  }).listen(0, '127.0.0.1', 4096)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    joined: door.joined,
    async publish(mark, count) {
      const committed = Array.from({ length: count }, (_, at) => entry(mark + at))
      last = mark + count
      tell(committed)
    },
  }
}

import type { LockEvent } from '@lockdesk/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Ledger } from '../ledger/ledger.ts'
import { draftOf, held, ledgerInMemory, place } from '../ledger/ledger-fixture.ts'
import { createCursors } from './cursor.ts'
import { type Hub, createHub } from './hub.ts'
import type { Listener, Reader } from './reader.ts'

const vi: Listener = { personId: 'vi', sessionId: 's', roleIn: () => 'viewer', audience: 'viewers' }

let world: Awaited<ReturnType<typeof ledgerInMemory>>
const hubs: Hub[] = []
beforeEach(async () => {
  world = await ledgerInMemory()
})
afterEach(async () => {
  for (const hub of hubs.splice(0)) hub.close()
  await world.close()
})

function open(wrapped: Partial<Pick<Ledger, 'entries' | 'names'>> = {}): Hub {
  const hub = createHub({
    ledger: { ...world.ledger, ...wrapped },
    cursors: createCursors({ secret: 'a secret of tests', ledgerId: world.ledger.id }),
    isService: () => false,
    knownNamespaces: async () => [place],
    freshness: async () => [],
    listenerOf: async () => vi,
    log: { error: () => expect.unreachable('the hub complained') },
  })
  hubs.push(hub)
  return hub
}

/** A reader that takes in what it is sent, but for the sends that `isFull` refuses, as a full socket does. */
function listen(hub: Hub, { after = 0, isFull = () => false }: { after?: number; isFull?: () => boolean } = {}) {
  let heard = ''
  let isOpen = true
  const reader: Reader = {
    listener: vi,
    position: 0,
    isLive: false,
    get isOpen() {
      return isOpen
    },
    send(bytes) {
      if (isFull()) return false
      heard += bytes.toString()
      return true
    },
    drained: async () => {},
    end: () => void (isOpen = false),
  }
  const events = () =>
    heard.split('\n\n').flatMap(block => {
      const data = /^event: lock\ndata: (.*)$/m.exec(block)?.[1]
      return data === undefined ? [] : [JSON.parse(data) as LockEvent]
    })
  return { joined: hub.join(reader, { number: after, isReset: false }), numbers: () => events().map(e => e.number) }
}

let round = 0
/** One commit of as many entries. */
const commit = (entries = 2) =>
  world.sweep(Array.from({ length: entries }, (_, index) => draftOf(`d${index}`, held(`h${(round += 1)}`))))
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe('the hub', () => {
  it('loses nothing of what is committed after the last page of a replay was read', async () => {
    let left = 3
    const hub = open({
      async entries(query) {
        const page = await world.ledger.entries(query)
        if ((left -= 1) >= 0) {
          await commit()
          // Published to those who are live, before the one who reads its page goes on.
          await expect.poll(live.numbers).toEqual(upTo(await world.ledger.head()))
        }
        return page
      },
    })
    left = 0
    const live = listen(hub)
    await live.joined
    left = 3
    const replaying = listen(hub)
    await replaying.joined
    await commit()
    await expect.poll(replaying.numbers).toEqual(upTo(8))
  })

  it('reads to a reader that was full from the ledger, and neither loses nor doubles anything', async () => {
    let refusals = 0
    const isFull = () => (refusals -= 1) >= 0
    const hub = open()
    const [slow, quick] = [listen(hub, { isFull }), listen(hub)]
    await Promise.all([slow.joined, quick.joined])
    await commit()
    await expect.poll(slow.numbers).toEqual([1, 2])
    refusals = 2
    await commit()
    await commit()
    await expect.poll(slow.numbers).toEqual(upTo(6))
    expect(quick.numbers()).toEqual(upTo(6))
  })

  it('tells a commit of very many entries in parts, each once, also to a reader who has to be read to meanwhile', async () => {
    const hub = open()
    let parts = 0
    const count = () => {
      parts += 1
      return false
    }
    const quick = listen(hub, { isFull: count })
    let turn = 0
    const slow = listen(hub, { isFull: () => (turn += 1) % 2 === 0 })
    await Promise.all([quick.joined, slow.joined])
    parts = 0
    await commit(1_000)
    await expect.poll(quick.numbers).toEqual(upTo(1_000))
    expect(parts).toBe(5)
    await expect.poll(slow.numbers).toEqual(upTo(1_000))
  })

  it('sends commits in the order of their numbers, however long each takes to put into words', async () => {
    const slowly = Promise.withResolvers<void>()
    let asked = 0
    const hub = open({
      async names(ids) {
        if ((asked += 1) === 1) await slowly.promise
        return world.ledger.names(ids)
      },
    })
    const reader = listen(hub)
    await reader.joined
    await commit()
    await commit()
    expect(reader.numbers()).toEqual([])
    slowly.resolve()
    await expect.poll(reader.numbers).toEqual(upTo(4))
  })
})

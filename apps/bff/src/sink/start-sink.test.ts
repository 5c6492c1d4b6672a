import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { openDatabase } from '../database/open-database.ts'
import { createLedger } from '../ledger/create-ledger.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { createFileSink } from './file-sink.ts'
import { createHttpSink } from './http-sink.ts'
import { type Batch, type Sink, SinkAway, sinkId } from './sink.ts'
import { type RunningSink, startSink } from './start-sink.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
})

/** Waits no time, but lets everybody else have a turn. */
const turn = () => new Promise<void>(resolve => setImmediate(() => resolve()))

interface Line {
  number: number
  ledger: string
  actor?: { id: string; name: string }
  chain: { hash: string }
}
const linesOf = (text: string) =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Line)
const numbersOf = (text: string) => linesOf(text).map(({ number }) => number)

/** Keeps what it is told; `fails` makes it say no. */
function keepingSink() {
  const kept = { text: '', keys: [] as string[], fails: 0, whileSending: async () => {} }
  const sink: Sink = {
    async send({ lines, key }: Batch) {
      await kept.whileSending()
      if (kept.fails > 0) {
        kept.fails -= 1
        throw new SinkAway('It is away.')
      }
      kept.text += lines
      kept.keys.push(key)
    },
  }
  return { kept, sink }
}

describe.each(bothStores())('the sink of a ledger on $name', kind => {
  let one: OpenStore
  let ledger: Ledger
  beforeEach(async () => {
    one = await kind.open()
    undo.push(() => one.close())
    ledger = await createLedger(one)
  })

  const write = async (count: number) => {
    for (let n = 0; n < count; n++) await ledger.recordSetting(`change ${n}`, 'person-1')
  }
  const run = (sink: Sink, options: Partial<Parameters<typeof startSink>[0]> = {}): RunningSink => {
    const running = startSink({ ...one, ledger, isService: () => false, id: 'x', wait: turn, sink, ...options })
    undo.push(() => running.stop())
    return running
  }

  it('is told of every entry in order, of those before it too, by id and without a name', async () => {
    await one.database
      .insertInto('people')
      .values({ id: 'person-1', name: 'Lin Wei', email: null, origin: 'local', created_at: 1 })
      .execute()
    await write(3)
    const { kept, sink } = keepingSink()
    const running = run(sink)
    await vi.waitFor(() => expect(numbersOf(kept.text)).toEqual([1, 2, 3]))
    await write(2)
    await vi.waitFor(() => expect(numbersOf(kept.text)).toEqual([1, 2, 3, 4, 5]))
    await vi.waitFor(async () => expect(await running.lag()).toBe(0))
    expect(kept.text).not.toContain('Lin')
    expect(linesOf(kept.text)[0]).toMatchObject({ ledger: ledger.id, actor: { id: 'person-1', name: 'person-1' } })
    expect(kept.keys[0]).toBe(`${ledger.id}:1-3`)
  })

  it('goes on after a restart where it was, in batches', async () => {
    await write(3)
    const first = keepingSink()
    const running = run(first.sink)
    await vi.waitFor(async () => expect(await running.lag()).toBe(0))
    await running.stop()
    await ledger.recordSetting('later', null)
    const second = keepingSink()
    run(second.sink)
    await vi.waitFor(() => expect(numbersOf(second.kept.text)).toEqual([4]))
  })

  it('is tried again where it is away, holds nobody up, and is told of once', async () => {
    const { kept, sink } = keepingSink()
    kept.fails = 3
    const told: string[] = []
    const waits: number[] = []
    const running = run(sink, {
      random: () => 0.5,
      wait: async ms => {
        waits.push(ms)
        await turn()
      },
      onAway: error => told.push(error.message),
      onBack: () => told.push('back'),
    })
    await write(2)
    await vi.waitFor(() => expect(numbersOf(kept.text).at(-1)).toBe(2))
    expect(told).toEqual(['It is away.', 'back'])
    expect(running.failures()).toBe(3)
    expect(waits.filter(ms => ms !== 5_000)).toEqual([500, 1_000, 2_000])
  })

  it('is told again where nobody could note that it was told', async () => {
    await write(2)
    const { kept, sink } = keepingSink()
    const stopped = new AbortController()
    const tried = run({
      async send(batch, signal) {
        await sink.send(batch, signal)
        stopped.abort()
        throw new Error('killed here')
      },
    })
    await vi.waitFor(() => expect(stopped.signal.aborted).toBe(true))
    await tried.stop()
    run(sink)
    await vi.waitFor(() => expect(numbersOf(kept.text).slice(-2)).toEqual([1, 2]))
    expect(new Set(kept.keys)).toEqual(new Set([`${ledger.id}:1-2`]))
  })

  it('is told by one process at a time, and by another one where that one ends', async () => {
    let sending = 0
    const atOnce: number[] = []
    const { kept, sink } = keepingSink()
    kept.whileSending = async () => {
      atOnce.push(++sending)
      await turn()
      sending -= 1
    }
    const replicas = [run(sink)]
    if (kind.name === 'PostgreSQL') {
      const { database, openStore, close } = await openDatabase(one.url)
      undo.push(close)
      const store = await openStore()
      replicas.push(run(sink, { database, store, ledger: await createLedger({ database, store }) }))
    }
    for (let n = 0; n < 20; n++) await write(1)
    await vi.waitFor(() => expect(numbersOf(kept.text).at(-1)).toBe(20))
    await replicas[0]?.stop()
    if (kind.name === 'SQLite') run(sink)
    await write(5)
    await vi.waitFor(() => expect(numbersOf(kept.text).at(-1)).toBe(25), 10_000)
    expect(numbersOf(kept.text)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
    expect(Math.max(...atOnce)).toBe(1)
  })
})

describe('a sink that is a file', () => {
  let folder: string
  let path: string
  const { signal } = new AbortController()
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockdesk-sink-'))
    undo.push(() => rm(folder, { recursive: true }))
    path = join(folder, 'entries.jsonl')
  })

  it('is appended to, and may be rotated', async () => {
    const sink = createFileSink(path)
    await sink.send({ lines: 'a\n', key: '1' }, signal)
    await rename(path, `${path}.1`)
    await sink.send({ lines: 'b\n', key: '2' }, signal)
    expect(await readFile(`${path}.1`, 'utf8')).toBe('a\n')
    expect(await readFile(path, 'utf8')).toBe('b\n')
  })

  it.each([
    ['{"number":1}\n{"num', '{"number":1}\n'],
    ['{"num', ''],
    ['{"number":1}\n', '{"number":1}\n'],
  ])('that ends in %j goes on behind its last whole line', async (left, kept) => {
    await writeFile(path, left)
    await createFileSink(path).send({ lines: 'next\n', key: '1' }, signal)
    expect(await readFile(path, 'utf8')).toBe(`${kept}next\n`)
  })

  it('that cannot be written is away, in words', async () => {
    const sent = createFileSink(join(folder, 'no', 'where')).send({ lines: 'a\n', key: '1' }, signal)
    await expect(sent).rejects.toThrow(/cannot be written \(ENOENT\)/)
  })
})

describe('a sink that is posted to', () => {
  const { signal } = new AbortController()
  async function collector(status: number, headers: Record<string, string> = {}) {
    const got: { headers: IncomingHttpHeaders; body: string }[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', part => (body += part))
      request.on('end', () => {
        got.push({ headers: request.headers, body })
        response.writeHead(status, headers).end('thanks')
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    undo.push(() => new Promise(resolve => server.close(resolve).closeAllConnections()))
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`, got }
  }

  it('gets lines of JSON, a key that stays the same, and the token', async () => {
    const { url, got } = await collector(204)
    await createHttpSink({ url, token: 'secret' }).send({ lines: '{}\n{}\n', key: 'k:1-2' }, signal)
    expect(got).toMatchObject([
      {
        body: '{}\n{}\n',
        headers: {
          'content-type': 'application/x-ndjson',
          'idempotency-key': 'k:1-2',
          authorization: 'Bearer secret',
        },
      },
    ])
  })

  it.each([
    [503, { 'retry-after': '7' }, 7_000],
    [429, { 'retry-after': '100000' }, 600_000],
    [500, {}, null],
    [400, { 'retry-after': 'soon' }, null],
  ])('that answers %i is away, for as long as it says', async (status, headers, retryAfterMs) => {
    const { url } = await collector(status, headers as Record<string, string>)
    const sent = createHttpSink({ url, token: null }).send({ lines: 'a\n', key: 'k' }, signal)
    await expect(sent).rejects.toMatchObject({
      name: 'SinkAway',
      retryAfterMs,
      message: expect.stringContaining(`${status}`),
    })
  })

  it('is not followed to where it sends others: the token is for it alone', async () => {
    const elsewhere = await collector(200)
    const { url } = await collector(307, { location: elsewhere.url })
    await expect(createHttpSink({ url, token: 'secret' }).send({ lines: 'a\n', key: 'k' }, signal)).rejects.toThrow(
      SinkAway,
    )
    expect(elsewhere.got).toEqual([])
  })

  it('that nobody answers is away, and its address is told without the rest', async () => {
    const sent = createHttpSink({ url: 'http://127.0.0.1:1/secret-path', token: 'secret' }).send(
      { lines: 'a\n', key: 'k' },
      signal,
    )
    await expect(sent).rejects.toThrow('The sink at 127.0.0.1:1 did not answer')
  })
})

describe('how far a sink was told', () => {
  it('is remembered for the place, whatever the token', () => {
    const at = (url: string, token: string | null) => sinkId({ kind: 'http', url, token })
    expect(at('https://a.example/', 'x')).toBe(at('https://a.example/', null))
    expect(at('https://a.example/', 'x')).not.toBe(at('https://b.example/', 'x'))
  })
})

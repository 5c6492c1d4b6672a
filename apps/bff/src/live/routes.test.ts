import type { Board, Freshness, LockEvent, Problem } from '@lockdesk/contract'
import { type IncomingMessage, get } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { type Desk, type DeskOptions, type PersonId, hard, openDesk, soft } from '../../fixtures/lock-desk.ts'
import type { Ledger } from '../ledger/ledger.ts'

const lin = { id: '71', name: 'Lin Wei' }
const wu = { id: '72', name: 'Wu Min' }
let desk: Desk
const open = async (options: DeskOptions = {}) => (desk = await openDesk(options))
afterEach(async () => {
  expect(await desk.close()).toEqual([])
})

interface Heard {
  event: string
  id: string | undefined
  data: unknown
}

/** A stream as a browser hears it, past the browser. */
async function listen(who: PersonId, { after, lastEventId }: { after?: string; lastEventId?: string } = {}) {
  const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`
  const headers = {
    'x-person': who,
    'accept-encoding': 'gzip, br',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${desk.url}/api/live${query}`, { headers }, resolve).on('error', reject)
  })
  const heard: Heard[] = []
  let text = ''
  let hasEnded = false
  answer.setEncoding('utf8')
  answer.on('data', (chunk: string) => {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find(line => line.startsWith(`${name}: `))
          ?.slice(name.length + 2)
      const event = field('event')
      if (event !== undefined) heard.push({ event, id: field('id'), data: JSON.parse(field('data') ?? '') })
    }
  })
  answer.on('close', () => (hasEnded = true)).on('error', () => (hasEnded = true))
  const events = () => heard.filter(({ event }) => event === 'lock').map(({ data }) => data as LockEvent)
  return {
    status: answer.statusCode,
    headers: answer.headers,
    heard,
    events,
    kinds: () => heard.map(({ event }) => event),
    numbers: () => events().map(({ number }) => number),
    lastId: () => heard.findLast(({ id }) => id !== undefined)?.id,
    hasEnded: () => hasEnded,
    leave: () => answer.destroy(),
    answer,
  }
}

describe('the live stream', () => {
  it('brings what happens at once, uncompressed, and nothing between may hold it back', async () => {
    await open()
    const ref = desk.draft(soft, 'orders')
    await desk.sweep(soft)
    const stream = await listen('vi')
    expect(stream.status).toBe(200)
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    expect(stream.headers['content-encoding']).toBeUndefined()
    desk.emulator.lockInConsole({ ...ref, holder: lin })
    await desk.sweep(soft)
    await expect
      .poll(stream.events)
      .toMatchObject([{ kind: 'held', to: { ...lin, kind: 'person', member: null }, ref, known: 'bounded' }])
    expect(stream.events()[0]?.to).not.toHaveProperty('self')
    expect(stream.heard.map(({ data }) => JSON.stringify(data)).join()).not.toContain('x-after')
    stream.leave()
  })

  it('goes on from the board’s cursor, and from the last id that was heard', async () => {
    await open()
    const ref = desk.draft(soft, 'orders')
    await desk.sweep(soft)
    const { cursor } = (await desk.get<Board>('vi', '/board')).body
    for (const holder of [lin, null, wu]) {
      desk.emulator.lockInConsole({ ...ref, holder })
      await desk.sweep(soft)
    }
    const first = await listen('vi', { after: cursor })
    await expect.poll(first.numbers).toEqual([1, 2, 3])
    const [afterFirst] = first.heard.filter(({ event }) => event === 'lock')
    first.leave()
    const second = await listen('vi', { after: cursor, lastEventId: afterFirst?.id ?? '' })
    await expect.poll(second.numbers).toEqual([2, 3])
    desk.emulator.lockInConsole({ ...ref, holder: null })
    await desk.sweep(soft)
    await expect.poll(second.numbers).toEqual([2, 3, 4])
    second.leave()
  })

  it('begins with a heartbeat that carries an id, and beats on', async () => {
    await open({ heartbeatMs: 20 })
    desk.draft(soft, 'orders', lin)
    await desk.sweep(soft)
    const stream = await listen('vi')
    await expect.poll(() => stream.kinds().filter(kind => kind === 'heartbeat').length).toBeGreaterThan(2)
    const beat = stream.heard.find(({ event }) => event === 'heartbeat')
    expect(beat?.data).toEqual({ head: beat?.id })
    expect(desk.cursors.parse('live', beat?.id ?? '')).toMatchObject({ number: 1 })
    stream.leave()
  })

  it('asks to read the board again past the head, of another ledger, for a bad last id; refuses a bad address', async () => {
    await open()
    const past = desk.cursors.sign('live', 99)
    for (const sent of [{ after: past }, { lastEventId: past }, { lastEventId: 'nonsense' }]) {
      const stream = await listen('vi', sent)
      await expect.poll(stream.kinds).toEqual(['reset', 'heartbeat'])
      expect(desk.cursors.parse('live', stream.heard[0]?.id ?? '')).toMatchObject({ number: 0 })
      stream.leave()
    }
    for (const after of ['', 'nonsense', desk.cursors.sign('audit', 0)]) {
      const { status, body } = await desk.get<Problem>('vi', `/live?after=${encodeURIComponent(after)}`)
      expect([status, body.code]).toEqual([400, 'bad-request'])
    }
  })

  it('tells a viewer transitions of the own namespaces, and attempts and denials to admins and to the actor', async () => {
    await open()
    const ref = desk.draft(soft, 'orders', lin)
    const other = desk.draft(hard, 'payments', lin)
    await desk.sweep(soft)
    await desk.sweep(hard)
    const streams = { ada: await listen('ada'), bo: await listen('bo'), di: await listen('di'), vi: await listen('vi') }
    const cy = await listen('cy')
    await desk.take('bo', ref) // stopped: Lin has it
    await desk.take('bo', ref, { expectedHolderId: lin.id, reason: 'late fix' })
    await desk.take('vi', ref)
    await desk.take('bo', other, { expectedHolderId: lin.id })
    desk.emulator.lockInConsole({ ...other, holder: wu })
    await desk.sweep(hard)
    const all = ['attempt', 'intent', 'changed', 'denied', 'denied', 'changed']
    const kinds = (stream: { events(): LockEvent[] }) => () => stream.events().map(({ kind }) => kind)
    await expect.poll(kinds(streams.ada)).toEqual(all)
    await expect.poll(kinds(streams.bo)).toEqual(['attempt', 'intent', 'changed', 'denied', 'changed'])
    await expect.poll(kinds(streams.di)).toEqual(['changed', 'changed'])
    await expect.poll(kinds(streams.vi)).toEqual(['changed', 'denied', 'changed'])
    await expect.poll(kinds(cy)).toEqual(['changed'])
    expect(cy.events()[0]).toMatchObject({
      actor: { id: 'bo', name: 'Bo Chen' },
      claim: { by: { id: 'bo', name: 'Bo Chen' }, reason: 'late fix' },
      to: { kind: 'service' },
    })
    // The same from the ledger, later.
    const beginning = desk.cursors.sign('live', 2)
    const replayed = await listen('vi', { after: beginning })
    await expect.poll(kinds(replayed)).toEqual(['changed', 'denied', 'changed'])
    for (const stream of [...Object.values(streams), cy, replayed]) stream.leave()
  })

  it('tells how fresh a namespace is whenever it was read, to those who see it', async () => {
    await open()
    const [cy, vi] = [await listen('cy'), await listen('vi')]
    await desk.sweep(hard)
    await desk.sweep(soft)
    const fresh = (stream: typeof cy) => () =>
      stream.heard.flatMap(({ event, data }) => (event === 'freshness' ? [(data as Freshness).namespace] : []))
    await expect.poll(fresh(vi)).toEqual([hard.namespace, soft.namespace])
    await expect.poll(fresh(cy)).toEqual([soft.namespace])
    expect(vi.heard.find(({ event }) => event === 'freshness')?.data).toMatchObject({ state: 'live', complete: true })
    for (const stream of [cy, vi]) stream.leave()
  })

  it('tells that a namespace became stale, though nobody reads it any more', async () => {
    let now = Date.UTC(2026, 10, 25, 8)
    await open({ now: () => now, heartbeatMs: 20 })
    const stream = await listen('vi')
    await desk.sweep(soft)
    const states = () =>
      stream.heard.flatMap(({ event, data }) => (event === 'freshness' ? [(data as Freshness).state] : []))
    await expect.poll(states).toEqual(['live'])
    now += 15_001
    await expect.poll(states).toEqual(['live', 'stale'])
    stream.leave()
  })

  it('so many for each person: then 429; one that closes makes room', async () => {
    await open({ streamsPerPerson: 2 })
    const [first, second] = [await listen('vi'), await listen('vi')]
    const { status, body } = await desk.get<Problem>('vi', '/live')
    expect([status, body.code]).toEqual([429, 'too-many'])
    const other = await listen('bo')
    expect(other.status).toBe(200)
    first.leave()
    await expect.poll(() => desk.hub.openOf('vi')).toBe(1)
    const third = await listen('vi')
    expect(third.status).toBe(200)
    for (const stream of [second, third, other]) stream.leave()
    await expect.poll(() => desk.hub.size).toBe(0)
  })

  it('of a session that ended brings nothing more, and ends', async () => {
    await open({ recheckMs: 20 })
    const ref = desk.draft(soft, 'orders')
    await desk.sweep(soft)
    const [vi, bo, di] = [await listen('vi'), await listen('bo'), await listen('di')]
    desk.hub.endSession('session-of-vi')
    desk.sessions.delete('session-of-bo')
    await expect.poll(() => [vi.hasEnded(), bo.hasEnded(), di.hasEnded()]).toEqual([true, true, false])
    desk.emulator.lockInConsole({ ...ref, holder: lin })
    await desk.sweep(soft)
    await expect.poll(di.numbers).toEqual([1])
    expect([vi.numbers(), bo.numbers()]).toEqual([[], []])
    di.leave()
  })

  it('follows a change of rights while it is open, and asks to read the board again', async () => {
    await open({ recheckMs: 20 })
    const ref = desk.draft(hard, 'payments')
    await desk.sweep(hard)
    const stream = await listen('cy')
    const cy = desk.sessions.get('session-of-cy')
    if (cy) desk.sessions.set('session-of-cy', { ...cy, bindings: [{ ...hard, role: 'viewer' }] })
    await expect.poll(stream.kinds).toContain('reset')
    desk.emulator.lockInConsole({ ...ref, holder: lin })
    await desk.sweep(hard)
    await expect.poll(stream.numbers).toEqual([1])
    stream.leave()
  })

  it('ends within moments when the server closes', async () => {
    await open()
    const streams = await Promise.all(Array.from({ length: 20 }, () => listen('ada')).slice(0, 8))
    desk.hub.close()
    await expect.poll(() => streams.every(stream => stream.hasEnded())).toBe(true)
    expect(desk.hub.size).toBe(0)
  })

  it('reads to a slow reader at its own speed, and to the others at once; none misses anything', async () => {
    await open()
    const slow = await listen('ada')
    slow.answer.pause()
    const quick = await listen('vi')
    const refs = Array.from({ length: 400 }, (_, index) => desk.draft(soft, `${'长'.repeat(60)}${index}`))
    await desk.sweep(soft)
    for (let round = 0; round < 16; round += 1) {
      for (const ref of refs) desk.emulator.lockInConsole({ ...ref, holder: round % 2 === 0 ? lin : null })
      await desk.sweep(soft)
    }
    const head = await desk.ledger.head()
    const whole = Array.from({ length: head }, (_, index) => index + 1)
    await expect.poll(() => quick.numbers().length, { timeout: 5_000 }).toBe(head)
    expect(quick.numbers()).toEqual(whole)
    expect(slow.numbers().length).toBeLessThan(head)
    slow.answer.resume()
    await expect.poll(() => slow.numbers().length, { timeout: 5_000 }).toBe(head)
    expect(slow.numbers()).toEqual(whole)
    for (const stream of [slow, quick]) stream.leave()
  }, 20_000)

  it('is not opened by asking for its head', async () => {
    await open()
    const answer = await desk.call('vi', '/live', { method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
    expect(desk.hub.size).toBe(0)
  })
})

describe('replay while the ledger goes on', () => {
  it('loses nothing and doubles nothing: what is heard is what the ledger has', async () => {
    // Commits fall between every two steps of a replay.
    const commitMore: { work?: () => Promise<unknown> } = {}
    const busy = (ledger: Ledger): Ledger => ({
      ...ledger,
      async entries(query) {
        if (query.order === 'oldest') await commitMore.work?.()
        const found = await ledger.entries(query)
        if (query.order === 'oldest') await commitMore.work?.()
        return found
      },
    })
    await open({ wrapLedger: busy })
    const refs = Array.from({ length: 90 }, (_, index) => desk.draft(soft, `draft ${index}`))
    await desk.sweep(soft)
    let round = 0
    const churn = async () => {
      round += 1
      refs.forEach((ref, index) => {
        if ((index + round) % 3 === 0) desk.emulator.lockInConsole({ ...ref, holder: round % 2 === 0 ? lin : wu })
      })
      await desk.sweep(soft)
    }
    for (let i = 0; i < 12; i += 1) await churn()
    let left = 8
    commitMore.work = async () => {
      if ((left -= 1) >= 0) await churn()
    }
    const beginnings = [0, 1, 57, 199, 200, 201, 350]
    const streams = await Promise.all(
      beginnings.map((number, index) =>
        listen(index % 2 === 0 ? 'ada' : 'vi', { after: desk.cursors.sign('live', number) }),
      ),
    )
    for (let i = 0; i < 5; i += 1) await churn()
    const head = await desk.ledger.head()
    expect(head).toBeGreaterThan(600)
    for (const [index, stream] of streams.entries()) {
      await expect.poll(() => stream.numbers().at(-1)).toBe(head)
      const beginning = beginnings[index] ?? 0
      expect(stream.numbers()).toEqual(Array.from({ length: head - beginning }, (_, at) => beginning + at + 1))
      stream.leave()
    }
  })
})

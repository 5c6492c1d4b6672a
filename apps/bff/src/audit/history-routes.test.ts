import type { AuditPage, Counts, HoldersPage, HoldsPage, LockEvent, PastBoard, Problem } from '@lockdesk/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, type PersonId, hard, openDesk, soft } from '../../fixtures/lock-desk.ts'

const lin = { id: '71', name: 'Lin Wei' }
const namesake = { id: '72', name: 'Lin Wei' }
/** The desk's time; a test moves it. */
let clock: number
let desk: Desk
beforeEach(async () => {
  clock = Date.UTC(2026, 1, 28, 10)
  desk = await openDesk({ now: () => clock })
})
afterEach(async () => {
  expect(await desk.close()).toEqual([])
})

const ask = <Body>(who: PersonId, path: string) => desk.get<Body & Problem>(who, `/audit/${path}`)
const events = async (who: PersonId, query: string) => (await ask<AuditPage>(who, `events?${query}`)).body.events
const q = (text: string) => `q=${encodeURIComponent(text)}`
const kindsOf = (found: readonly LockEvent[]) => found.map(({ kind }) => kind)
const at = (ms: number) => new Date(ms).toISOString()

async function sweepBoth(): Promise<void> {
  await desk.sweep(soft)
  await desk.sweep(hard)
}

/** Lin has one draft and her namesake another; Bo takes the first over, Di fails to; an hour later Lin's namesake lets go. */
async function anHour() {
  const orders = desk.draft(soft, '=orders', lin)
  const risk = desk.draft(hard, '支付对账·𠮷🚀', namesake)
  await sweepBoth()
  clock += 60_000
  await desk.take('bo', orders, { expectedHolderId: lin.id, reason: 'a fix, 50% "done"' })
  await desk.take('di', orders)
  clock += 3_600_000
  desk.emulator.lockInConsole({ ...risk, holder: null })
  await sweepBoth()
  return { orders, risk }
}

describe('a query in one line', () => {
  it('finds what the filters find', async () => {
    await anHour()
    for (const [line, filters] of [
      ['kind:taken', 'kind=taken'],
      ['actor:bo', 'actor=bo'],
      ['actor:"bo chen"', 'actor=bo'],
      [`ns:${hard.namespace} kind:held`, `namespace=${hard.namespace}&kind=held`],
      ['ns:*-prod', `namespace=${hard.namespace}`],
      ['holder:71', 'holder=71'],
      ['known:exact how:lockdesk', 'known=exact&how=lockdesk'],
      ['"50% \\"done\\""', `text=${encodeURIComponent('50% "DONE"')}`],
      ['since:1h', 'since=2026-02-28T10:01Z'],
      ['draft:支付对账·𠮷🚀', `draft=${encodeURIComponent('支付对账·𠮷🚀')}`],
    ] as const) {
      const found = await events('ada', q(line))
      expect(found).not.toEqual([])
      expect({ line, found }).toEqual({ line, found: await events('ada', filters) })
    }
  })

  it('takes a name for everybody who goes by it, and an id for one', async () => {
    await anHour()
    const holdersOf = async (line: string) =>
      new Set(
        (await events('ada', q(line))).flatMap(({ from, to }) =>
          [from?.id, to?.id].filter(id => id === '71' || id === '72'),
        ),
      )
    expect(await holdersOf('holder:"lin wei"')).toEqual(new Set(['71', '72']))
    expect(await holdersOf('holder:72')).toEqual(new Set(['72']))
  })

  it('takes no letter of a text for a sign of the store', async () => {
    await anHour()
    expect(await events('ada', q('50%'))).toHaveLength(2)
    for (const text of ['5_%', '%', '_', '50!%', '\\']) {
      const found = await events('ada', `text=${encodeURIComponent(text)}`)
      expect([text, found.every(({ reason }) => reason?.includes(text))]).toEqual([text, true])
    }
  })

  it.each([
    ['actr:bo', /no word actr/],
    ['kind:stolen', /none of held/],
    ['since:2026-02-30', /no time/],
    ['since:2026-02-28 until:2026-02-27', /ends before it begins/],
    ['"open', /never closed/],
    ['x'.repeat(1_001), /1001 characters/],
  ])('%j that cannot be understood is bad input, and is told why', async (line, why) => {
    for (const list of ['events', 'holds', 'holders', 'counts', 'export']) {
      const more = { counts: '&by=kind', export: '&format=csv' }[list] ?? ''
      const { status, body } = await ask(`ada`, `${list}?${q(line)}${more}`)
      expect([list, status, body.code, body.errors?.[0]?.path]).toEqual([list, 400, 'bad-request', 'q'])
      expect(body.errors?.[0]?.message).toMatch(why)
    }
  })

  it('stands alone', async () => {
    const { status, body } = await ask('ada', `events?${q('kind:held')}&actor=bo`)
    expect([status, body.errors?.[0]?.path]).toEqual([400, 'q'])
    expect((await ask('ada', 'events?q=&actor=bo')).status).toBe(200)
  })

  it('as filters names the one that is wrong', async () => {
    for (const [query, path] of [
      ['since=2026-02-30', 'since'],
      ['until=soon', 'until'],
      ['since=2026-02-02&until=2026-02-01', 'until'],
      ['known=maybe', 'known'],
      ['how=magic', 'how'],
      ['text=', 'text'],
      ['actor=a&actor=b', 'actor'],
      ['holder=%ED%A0%80', 'holder'],
    ] as const) {
      const { status, body } = await ask('ada', `events?${query}`)
      expect([query, status, body.errors?.[0]?.path]).toEqual([
        query,
        query.includes('%ED') ? 200 : 400,
        query.includes('%ED') ? undefined : path,
      ])
    }
  })
})

describe('pages', () => {
  it('hold every entry of one millisecond once, with a filter and without', async () => {
    for (let index = 0; index < 60; index += 1) desk.draft(soft, `draft ${index}`, lin)
    await desk.sweep(soft)
    for (const filter of ['', `&${q('draft since:1d')}`, '&kind=held&holder=71', '&holder=Lin%20Wei&text=DRAFT']) {
      const numbers: number[] = []
      for (let next: string | null = ''; next !== null;) {
        const { body }: { body: AuditPage } = await ask('ada', `events?limit=7${filter}${next && `&cursor=${next}`}`)
        numbers.push(...body.events.map(({ number }) => number))
        next = body.next
      }
      expect(numbers).toEqual(Array.from({ length: 60 }, (_, index) => 60 - index))
    }
  })

  it('go on only for the question that they are pages of', async () => {
    for (let index = 0; index < 5; index += 1) desk.draft(soft, `draft ${index}`, lin)
    await desk.sweep(soft)
    const { next } = (await ask<AuditPage>('ada', 'events?limit=2&kind=held')).body
    expect((await ask('ada', `events?limit=3&${q('kind:held')}&cursor=${next}`)).status).toBe(200)
    for (const other of [
      `events?cursor=${next}`,
      `events?kind=changed&cursor=${next}`,
      `holds?kind=held&cursor=${next}`,
      `holders?kind=held&cursor=${next}`,
      `events?kind=held&cursor=x${next}`,
      `events?kind=held&cursor=${next}.`,
      `events?kind=held&cursor=${next?.split('.')[1]}`,
    ]) {
      const { status, body } = await ask('ada', other)
      expect([other, status, body.errors?.[0]?.path]).toEqual([other, 400, 'cursor'])
    }
  })

  it('of holders tell of one state while entries are added', async () => {
    for (let index = 0; index < 6; index += 1)
      desk.draft(soft, `draft ${index}`, { id: `h${index}`, name: `H ${index}` })
    await desk.sweep(soft)
    const first = (await ask<HoldersPage>('ada', 'holders?limit=4')).body
    clock += 60_000
    const late = desk.draft(soft, 'late', { id: 'late', name: 'Late' })
    await desk.sweep(soft)
    desk.emulator.lockInConsole({ ...late, holder: null })
    await desk.sweep(soft)
    const second = (await ask<HoldersPage>('ada', `holders?limit=4&cursor=${first.next}`)).body
    expect([...first.holders, ...second.holders].map(({ holder }) => holder.id).toSorted()).toEqual([
      'h0',
      'h1',
      'h2',
      'h3',
      'h4',
      'h5',
    ])
    expect(second.next).toBeNull()
  })
})

describe('holds and holders', () => {
  it('are told with the uncertainty of both ends', async () => {
    await anHour()
    const { holds } = (await ask<HoldsPage>('ada', 'holds')).body
    expect(
      holds.map(({ draftName, holder, claim, known, until }) => [
        draftName,
        holder.id,
        claim?.by.name,
        known,
        until === null,
      ]),
    ).toEqual([
      ['=orders', holds[0]?.holder.id, 'Bo Chen', 'exact', true],
      ['支付对账·𠮷🚀', '72', undefined, 'at-least', false],
      ['=orders', '71', undefined, 'at-least', false],
    ])
    expect(holds[1]).toMatchObject({
      from: { after: null, by: at(clock - 3_660_000) },
      until: { after: at(clock - 3_660_000), by: at(clock) },
    })
    expect((await ask<HoldsPage>('ada', `holds?${q('kind:taken')}`)).body.holds).toHaveLength(1)
    expect((await ask<HoldsPage>('ada', `holds?${q('kind:freed')}`)).body.holds).toHaveLength(1)
    expect((await ask<HoldsPage>('ada', 'holds?until=2026-02-27')).body.holds).toEqual([])
  })

  it('add up by holder, and by person behind a shared one', async () => {
    await anHour()
    clock += 9 * 3_600_000
    const { holders } = (await ask<HoldersPage>('ada', 'holders')).body
    expect(
      holders.map(one => [one.holder.id, one.claim?.by.id, one.holds, one.open, one.overdue, one.seconds]),
    ).toEqual([
      // Seen last by the sweep of an hour after it was taken; nobody has looked since.
      [holders[0]?.holder.id, 'bo', 1, 1, 1, { min: 3_600, max: 36_000 }],
      ['72', undefined, 1, 0, 0, { min: 0, max: 30 * 86_400 - 9 * 3_600 }],
      ['71', undefined, 1, 0, 0, { min: 60, max: 30 * 86_400 - 10 * 3_600 }],
    ])
    expect(
      (await ask<HoldersPage>('ada', 'holders?since=2026-02-28T10:30Z&until=2026-02-28T10:40Z')).body.holders.map(
        one => [one.holder.id, one.seconds.max],
      ),
    ).toEqual([
      [holders[0]?.holder.id, 600],
      ['72', 600],
    ])
  })
})

describe('counts', () => {
  it('are of what the same filters find', async () => {
    await anHour()
    const counts = async (query: string) =>
      (await ask<Counts>('ada', `counts?${query}`)).body.counts.map(({ key, n }) => [key, n])
    expect(await counts('by=kind')).toEqual(
      [
        ['held', 2],
        ['attempt', 1],
        ['changed', 1],
        ['freed', 1],
        ['gap', 2],
        ['intent', 1],
      ].toSorted((a, b) => Number(b[1]) - Number(a[1]) || (String(a[0]) < String(b[0]) ? -1 : 1)),
    )
    expect(await counts('by=actor')).toEqual([
      ['bo', 2],
      ['di', 1],
    ])
    expect(await counts(`by=kind&${q('actor:bo')}`)).toEqual([
      ['changed', 1],
      ['intent', 1],
    ])
    expect(await counts('by=hour&kind=held,freed')).toEqual([
      ['2026-02-28T10:00:00.000Z', 2],
      ['2026-02-28T11:00:00.000Z', 1],
    ])
    const { counts: byDraft, gaps } = (await ask<Counts>('ada', 'counts?by=draft')).body
    expect(byDraft.map(({ name, n }) => [name, n])).toEqual([
      ['=orders', 4],
      ['支付对账·𠮷🚀', 2],
    ])
    expect(gaps).toHaveLength(2)
    expect(gaps[0]?.at).toEqual({ after: at(clock - 3_660_000), by: at(clock) })
    expect((await ask<Counts>('ada', 'counts?by=kind&until=2026-02-27')).body).toEqual({ counts: [], gaps: [] })
    expect((await ask('ada', 'counts?by=colour')).status).toBe(400)
    expect((await ask('ada', 'counts')).status).toBe(400)
  })
})

describe('the board at a moment', () => {
  const board = (who: PersonId, time: string) => ask<PastBoard>(who, `at?time=${encodeURIComponent(time)}`)
  const heldIn = ({ drafts }: PastBoard) => drafts.map(({ name, lock }) => [name, lock?.holder.id ?? null])

  it('is as it was: holders, drafts, freshness, and nothing that one may do', async () => {
    const start = clock
    await anHour()
    const svc = (await ask<HoldsPage>('ada', 'holds')).body.holds[0]?.holder.id
    const then = (await board('ada', at(start + 30_000))).body
    expect(heldIn(then)).toEqual(
      [
        ['支付对账·𠮷🚀', '72'],
        ['=orders', '71'],
      ]
        .toSorted((a, b) => (String(a[0]) > String(b[0]) ? 1 : -1))
        .toSorted(a => (a[0] === '=orders' ? -1 : 1)),
    )
    expect(then.drafts[0]).not.toHaveProperty('may')
    expect(then.namespaces.map(({ lastSweepAt, state, complete }) => [lastSweepAt, state, complete])).toEqual([
      [at(start), 'stale', true],
      [at(start), 'stale', true],
    ])
    expect(
      (await board('ada', at(start + 60_000))).body.drafts.find(({ name }) => name === '=orders')?.lock,
    ).toMatchObject({
      holder: { id: svc },
      claim: { by: { id: 'bo' }, reason: 'a fix, 50% "done"' },
    })
    const now = (await board('ada', '0001m')).body
    expect(now.total).toBe(2)
    expect(new Map(heldIn((await board('ada', at(clock))).body) as [string, string][]).get('支付对账·𠮷🚀')).toBeNull()
  })

  it('has the drafts that were there then', async () => {
    const first = desk.draft(soft, 'first')
    await desk.sweep(soft)
    clock += 60_000
    desk.draft(soft, 'second')
    desk.emulator.deleteDraft(first.draftId)
    await desk.sweep(soft)
    clock += 60_000
    await desk.sweep(soft)
    const names = async (ago: number) => (await board('ada', at(clock - ago))).body.drafts.map(({ name }) => name)
    expect(await names(120_000)).toEqual(['first'])
    expect(await names(60_000)).toEqual(['first', 'second'])
    expect(await names(0)).toEqual(['second'])
  })

  it('is empty before there was a ledger', async () => {
    await anHour()
    const { body } = await board('ada', '2026-02-28T09:59Z')
    expect(body.drafts).toEqual([])
    expect(body.namespaces.map(({ state, lastSweepAt, complete }) => [state, lastSweepAt, complete])).toEqual([
      ['never', null, false],
      ['never', null, false],
    ])
  })

  it.each(['2026-02-30T10:00Z', '2026-02-28T10:00', 'yesterday', '', '2026-03-01', '9999-01-01', '-1d'])(
    'of %j is bad input',
    async time => {
      const { status, body } = await board('ada', time)
      expect([status, body.errors?.[0]?.path]).toEqual([400, 'time'])
    },
  )
})

describe('who may see what', () => {
  it('editors see what concerns them in each answer, viewers nothing', async () => {
    await anHour()
    expect((await ask<HoldsPage>('bo', 'holds')).body.holds.map(({ claim }) => claim?.by.id)).toEqual(['bo'])
    expect((await ask<HoldsPage>('di', 'holds')).body.holds).toEqual([])
    expect((await ask<HoldersPage>('bo', 'holders')).body.holders.map(({ claim }) => claim?.by.id)).toEqual(['bo'])
    expect((await ask<HoldersPage>('cy', 'holders')).body.holders).toEqual([])
    expect((await ask<Counts>('di', 'counts?by=kind')).body.counts).toEqual([{ key: 'attempt', n: 1 }])
    expect((await ask<PastBoard>('bo', 'at?time=1m')).body.drafts.map(({ name }) => name)).toEqual(['=orders'])
    expect((await ask<PastBoard>('cy', 'at?time=1m')).body).toMatchObject({
      drafts: [],
      namespaces: [{ namespace: soft.namespace }],
    })
    expect(kindsOf(await events('bo', q(`ns:${hard.namespace}`)))).toEqual([])
    for (const path of ['events', 'holds', 'holders', 'counts?by=kind', 'at?time=1m', 'export?format=csv']) {
      const { status, body } = await ask('vi', path)
      expect([path, status, body.right]).toEqual([path, 403, 'audit'])
    }
    const refused = await ask('bo', 'export?format=jsonl')
    expect([refused.status, refused.body.right]).toEqual([403, 'admin'])
  })
})

import type { AuditPage, LockEvent } from '@lockdesk/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, hard, openDesk, soft } from '../../fixtures/lock-desk.ts'
import { csvHeader, csvRow } from './csv.ts'
import { type ReadPage, exportStream } from './export.ts'

describe('a file of the audit', () => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk()
  })
  afterEach(async () => {
    expect(await desk.close()).toEqual([])
  })

  const fetched = async (path: string) => {
    const answer = await desk.call('ada', `/audit/export?${path}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString() }
  }

  async function viewed(filter: string): Promise<LockEvent[]> {
    const events: LockEvent[] = []
    for (let next: string | null = ''; next !== null;) {
      const path: string = `/audit/events?limit=7${filter}${next && `&cursor=${next}`}`
      const { body } = await desk.get<AuditPage>('ada', path)
      events.push(...body.events)
      next = body.next
    }
    return events
  }

  it('has exactly the rows of the view with the same filter, as they are shown there', async () => {
    const names = [
      '=1+1',
      '\t=1+1',
      ' =1+1',
      'a\n=1+1',
      '@x',
      '+1',
      '-1',
      '支付对账·𠮷🚀',
      'a "b", c',
      '\ufeff=1',
      'plain',
    ]
    for (const name of names) desk.draft(soft, name, { id: '7', name: '张伟' })
    desk.draft(hard, 'elsewhere', { id: '8', name: '=Lin' })
    await desk.sweep(soft)
    await desk.sweep(hard)
    for (const filter of ['', '&holder=7', '&q=' + encodeURIComponent('支付'), '&kind=freed']) {
      const events = await viewed(filter)
      const jsonl = await fetched(`format=jsonl${filter}`)
      const rows = jsonl.text.split('\n').filter(line => line !== '')
      expect(rows.map(line => JSON.parse(line) as LockEvent)).toEqual(events)
      const csv = await fetched(`format=csv${filter}`)
      expect(csv.text).toBe(`\ufeff${csvHeader()}${events.map(csvRow).join('')}`)
    }
    const { text } = await fetched('format=csv')
    for (const name of ['支付对账·𠮷🚀', '张伟', "'=1+1", "'\t=1+1", '"a\n=1+1"', "'=Lin"]) expect(text).toContain(name)
  })

  it('says what it is, CSV with a byte order mark and JSONL without', async () => {
    desk.draft(soft, 'orders', { id: '7', name: '张伟' })
    await desk.sweep(soft)
    const csv = await fetched('format=csv')
    expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="lockdesk-audit-[\dTZ-]+\.csv"$/)
    const jsonl = await fetched('format=jsonl')
    expect(jsonl.text[0]).toBe('{')
    expect(jsonl.headers.get('content-type')).toBe('application/jsonl; charset=utf-8')
    for (const format of ['', 'xlsx']) expect((await fetched(`format=${format}`)).status).toBe(400)
  })

  it('has what there was when it was asked for, and no more', async () => {
    for (let index = 0; index < 3; index += 1) desk.draft(soft, `draft ${index}`, { id: '7', name: 'Wu' })
    await desk.sweep(soft)
    const answer = await desk.call('ada', '/audit/export?format=jsonl')
    desk.draft(soft, 'late', { id: '7', name: 'Wu' })
    await desk.sweep(soft)
    expect((await answer.text()).trim().split('\n')).toHaveLength(3)
  })
})

describe('what a file is made of', () => {
  const event = { number: 1 } as LockEvent
  /** Endless, and counted. */
  const endless = () => {
    const asked: (number | undefined)[] = []
    const read: ReadPage = async before => {
      asked.push(before)
      return { events: [event], next: 1_000 - asked.length }
    }
    return { asked, read }
  }

  it('is read a page at a time, as fast as it is taken', async () => {
    const { asked, read } = endless()
    const reader = exportStream('jsonl', read).getReader()
    expect(asked).toEqual([])
    await reader.read()
    await reader.read()
    // Whoever stalls here stalls the reading.
    expect(asked).toEqual([undefined, 999])
    await reader.cancel()
    expect(asked).toHaveLength(2)
  })

  it('is looked for behind pages on which nothing fits', async () => {
    const pages = [
      { events: [], next: 9 },
      { events: [], next: 5 },
      { events: [event], next: null },
    ]
    const text = await new Response(
      exportStream('jsonl', async () => pages.shift() ?? { events: [], next: null }),
    ).text()
    expect(text).toBe('{"number":1}\n')
  })

  it('ends where the store fails, instead of looking whole', async () => {
    const failing = exportStream('csv', async () => {
      throw new Error('the store is gone')
    })
    await expect(new Response(failing).text()).rejects.toThrow('the store is gone')
  })
})

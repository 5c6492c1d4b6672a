import type { AuditPage } from '@lockdesk/contract'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Desk, hard, openDesk, soft } from '../../fixtures/lock-desk.ts'
import { verifyExport } from '../ledger/verify-export.ts'

const lin = { id: '71', name: 'Lin Wei' }
let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
  const orders = desk.draft(soft, 'orders', lin)
  desk.draft(hard, '支付对账', lin)
  desk.draft(soft, 'free')
  await desk.sweep(soft)
  await desk.sweep(hard)
  await desk.take('bo', orders, { expectedHolderId: lin.id, reason: 'a fix' })
})
afterEach(async () => {
  expect(await desk.close()).toEqual([])
})

const exported = async (filter = '') => {
  const text = await (await desk.call('ada', `/audit/export?format=jsonl${filter}`)).text()
  return text.split('\n').filter(line => line !== '')
}

it('an exported file shows what the view shows, and can be verified without the store', async () => {
  const lines = await exported()
  const { events } = (await desk.get<AuditPage>('ada', '/audit/events')).body
  expect(lines.map(line => JSON.parse(line) as object)).toEqual(events)
  expect(await verifyExport(lines)).toMatchObject({ ok: true, rows: events.length, runs: 1 })
  const forged = lines.with(0, (lines[0] ?? '').replace('a fix', 'a whim'))
  expect(await verifyExport(forged)).toMatchObject({ ok: false, firstBad: events.length })
})

it('a filtered one is verified piece by piece', async () => {
  const lines = await exported('&kind=held,changed')
  const check = await verifyExport(lines)
  expect(check).toMatchObject({ ok: true, rows: lines.length })
  expect(check.runs).toBeGreaterThan(1)
})

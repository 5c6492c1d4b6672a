import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lineOf } from '../sink/line-of.ts'
import { type UnchainedEntry, chain } from './chain.ts'
import { chainLinkOf } from './chain-link.ts'
import type { Witness } from './checkpoint.ts'
import type { Entry } from './ledger.ts'
import { draftOf, held, ledgerInMemory, refOf } from './ledger-fixture.ts'
import { presentEvent } from './present-event.ts'
import { verifyExport } from './verify-export.ts'

let world: Awaited<ReturnType<typeof ledgerInMemory>>
let entries: Entry[]
let lines: string[]
beforeEach(async () => {
  world = await ledgerInMemory()
  await world.sweep([draftOf('a', held('71')), draftOf('b', held('svc')), draftOf('c')])
  const before = await world.ledger.draft(refOf('c'))
  if (!before) throw new Error('nobody knows c')
  const actor = { personId: 'bo', onBehalfOf: 'run 7' }
  const open = await world.ledger.openIntent({
    ref: refOf('c'),
    before,
    actor,
    reason: '对账',
    identityIds: ['svc'],
    timeoutMs: 1,
  })
  await world.ledger.closeIntent(open, {
    outcome: 'taken',
    got: { holder: { id: 'svc', name: 'svc' }, lockId: 'x', confirmedBy: 'read-back' },
    readBack: { kind: 'unreadable' },
    sentAt: world.clock.now,
    decidedAt: world.clock.now,
    requestId: 'R-1',
  })
  await world.ledger.recordSetting('something', null)
  entries = await world.database.selectFrom('entries').selectAll().orderBy('number').execute()
  lines = entries.map(entry => lineOf(entry, world.ledger.id, (_, id) => id === 'svc'))
})
afterEach(() => world.close())

/** Changes a line as somebody does who does not know what the hashes are for. */
const edited = (index: number, change: (row: Record<string, unknown>) => unknown) =>
  lines.map((line, at) => (at === index ? JSON.stringify(change(JSON.parse(line) as Record<string, unknown>)) : line))

describe('a file that was exported', () => {
  it('is whole where nobody touched it, newest first or oldest first', async () => {
    const whole = { ok: true, rows: entries.length, runs: 1, from: 1, to: entries.length, firstBad: null, faults: [] }
    expect(await verifyExport(lines)).toMatchObject(whole)
    expect(await verifyExport(lines.toReversed())).toMatchObject(whole)
  })

  it('may show people by their names, and lose them', async () => {
    const onlooker = { isService: () => true, personId: 'vi', names: new Map([['bo', 'Bo Chen']]) }
    const named = entries.map(entry => JSON.stringify({ ...presentEvent(entry, onlooker), chain: chainLinkOf(entry) }))
    expect(named.join()).toContain('Bo Chen')
    expect(await verifyExport(named)).toMatchObject({ ok: true })
  })

  it('is checked run by run where it was filtered', async () => {
    const some = lines.filter((_, index) => index !== 1)
    expect(await verifyExport(some)).toMatchObject({ ok: true, runs: 2 })
    expect(await verifyExport(some.toReversed())).toMatchObject({ ok: true, runs: 2 })
  })

  it('may have what a sink was told twice', async () => {
    expect(await verifyExport([...lines.slice(0, 3), ...lines.slice(1)])).toMatchObject({ ok: true })
    expect(await verifyExport([lines[0] ?? '', ...lines])).toMatchObject({ ok: true })
  })

  it('shows a changed value, wherever it is shown', async () => {
    const changes: [string, (row: Record<string, unknown>) => unknown][] = [
      ['draftName', row => ({ ...row, draftName: 'x' })],
      ['to', row => ({ ...row, to: { ...(row['to'] as object), id: 'x' } })],
      ['the name of to', row => ({ ...row, to: { ...(row['to'] as object), name: 'x' } })],
      ['to taken out', row => ({ ...row, to: null })],
      ['at', row => ({ ...row, at: { after: null, by: '2026-01-01T00:00:00.000Z' } })],
      ['actor', row => ({ ...row, actor: { id: 'ada', name: 'Ada' } })],
      ['actor taken out', row => ({ ...row, actor: undefined })],
      ['claim taken out', row => ({ ...row, claim: undefined })],
      ['the reason of the claim', row => ({ ...row, claim: { ...(row['claim'] as object), reason: 'another' } })],
      ['for whom it was claimed', row => ({ ...row, claim: { ...(row['claim'] as object), onBehalfOf: 'run 8' } })],
      ['reason', row => ({ ...row, reason: 'another' })],
      ['reason taken out', row => ({ ...row, reason: undefined })],
      ['outcome', row => ({ ...row, outcome: 'refused' })],
      ['requestId', row => ({ ...row, requestId: 'R-2' })],
      ['kind', row => ({ ...row, kind: 'changed' })],
    ]
    const taken = entries.findIndex(({ outcome }) => outcome === 'taken')
    const unnoticed: string[] = []
    for (const [what, change] of changes)
      if ((await verifyExport(edited(taken, change))).firstBad !== taken + 1) unnoticed.push(what)
    expect(unnoticed).toEqual([])
  })

  it('shows a row that was made anew with its hash, by its neighbour', async () => {
    const { prev, hash: _, ...said } = entries[1] as Entry
    const forged = chain(prev, { ...(said as UnchainedEntry), draft_name: 'x' })
    const told = lines.with(
      1,
      lineOf(forged, world.ledger.id, () => false),
    )
    expect(await verifyExport(told)).toMatchObject({ ok: false, firstBad: 3 })
  })

  it('that was made anew from some row on is shown by a witness, and by nothing else', async () => {
    const last = entries.at(-1) as Entry
    const witness: Witness[] = [{ ledgerId: world.ledger.id, number: last.number, hash: last.hash, signature: 'x' }]
    let prev = entries[0]?.prev ?? ''
    const anew = entries.map(old => {
      const entry = chain(prev, { ...old, draft_name: 'x' })
      prev = entry.hash
      return lineOf(entry, world.ledger.id, () => false)
    })
    expect(await verifyExport(anew)).toMatchObject({ ok: true, witnessed: 0 })
    expect(await verifyExport(anew, witness)).toMatchObject({ ok: false, firstBad: last.number })
    expect(await verifyExport(lines, witness)).toMatchObject({ ok: true, witnessed: 1 })
  })

  it.each([['a,b,c'], ['{"number":1}'], ['[]'], ['{']])('is none where a line is %s', async line => {
    expect(await verifyExport([line])).toMatchObject({ ok: false, faults: [expect.stringContaining('Line 1')] })
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, hard, openDesk, soft } from '../../fixtures/lock-desk.ts'
import type { Ledger } from '../ledger/ledger.ts'

const lin = { id: '71', name: 'Lin Wei' }
const getLock = 'GetDeploymentDraftLock' as const

let desk: Desk
/** Comes between what a take has judged and what it writes. */
let between: () => Promise<void>
const late = (ledger: Ledger): Ledger => ({
  ...ledger,
  moveClaim: (...given) => between().then(() => ledger.moveClaim(...given)),
  changeReason: (...given) => between().then(() => ledger.changeReason(...given)),
  openIntent: given => between().then(() => ledger.openIntent(given)),
})
beforeEach(async () => {
  between = async () => {}
  desk = await openDesk({ callTimeoutMs: 1_000, wrapLedger: late })
})
afterEach(async () => {
  desk.emulator.clearFaults()
  expect(await desk.close()).toEqual([])
})

describe('a take that nobody answered', () => {
  it.each([
    ['soft', soft, 'holder-changed'],
    ['hard', hard, 'holder-changed'],
  ] as const)('is no reason to take from whom the cloud names since (%s)', async (_, namespace, code) => {
    const ref = desk.draft(namespace, 'x')
    await desk.sweep(namespace)
    desk.emulator.addFault({ kind: 'html', operation: getLock, times: 1, acts: false })
    expect((await desk.take('bo', ref)).status).toBe(504)
    desk.emulator.lockInConsole({ ...ref, holder: lin })
    const sent = desk.sent(getLock)
    const again = await desk.take('bo', ref, { expectedHolderId: null })
    expect([again.status, again.body.code, again.body.holder?.name]).toEqual([409, code, 'Lin Wei'])
    expect(desk.sent(getLock)).toBe(sent)
    expect(desk.truthOf(ref)).toEqual(lin)
  })

  it('is in nobody’s way once a later one of the same person got the lock', async () => {
    const ref = desk.draft(soft, 'x')
    await desk.sweep(soft)
    desk.emulator.addFault({ kind: 'html', operation: getLock, times: 1, acts: false })
    await desk.take('bo', ref)
    const got = await desk.take('bo', ref)
    expect(got.body.outcome).toBe('taken')
    const colleague = await desk.take('di', ref, {
      expectedHolderId: got.body.holder?.id ?? null,
      expectedClaim: 'bo',
    })
    expect([colleague.status, colleague.body.outcome]).toEqual([200, 'taken'])
  })

  it('is never called not taken when it did act, was freed in the console, and was taken again', async () => {
    const ref = desk.draft(soft, 'x')
    await desk.sweep(soft)
    desk.emulator.addFault({ kind: 'lost-answer', operation: getLock, times: 1 })
    desk.whenSending(() => {
      desk.emulator.addFault({ kind: 'html', operation: 'GetDeploymentDraft' })
    })
    expect((await desk.take('bo', ref)).status).toBe(504)
    desk.whenSending(() => {})
    desk.emulator.clearFaults()
    expect(desk.truthOf(ref)).not.toBeNull()
    desk.emulator.lockInConsole({ ...ref, holder: null })
    expect((await desk.take('bo', ref)).body.outcome).toBe('taken')
    await desk.sweep(soft)
    const attempts = (await desk.ledger.entriesOf(ref, 50)).filter(({ kind }) => kind === 'attempt')
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown'])
  })
})

describe('a sweep that comes between judging and writing', () => {
  it('keeps a claim from moving to somebody who does not hold any more', async () => {
    const ref = desk.draft(soft, 'x')
    await desk.sweep(soft)
    const taken = await desk.take('bo', ref)
    between = async () => {
      desk.emulator.lockInConsole({ ...ref, holder: lin })
      await desk.sweep(soft)
    }
    const ada = await desk.take('ada', ref, { expectedHolderId: taken.body.holder?.id ?? null, expectedClaim: 'bo' })
    expect([ada.status, ada.body.code, ada.body.holder?.name]).toEqual([409, 'holder-changed', 'Lin Wei'])
  })

  it('keeps a reason from being written on somebody else’s hold', async () => {
    const ref = desk.draft(soft, 'x')
    await desk.sweep(soft)
    await desk.take('bo', ref)
    between = async () => {
      desk.emulator.lockInConsole({ ...ref, holder: lin })
      await desk.sweep(soft)
    }
    const body = JSON.stringify({ reason: 'mine' })
    expect((await desk.call('bo', `${desk.pathOf(ref)}/reason`, { method: 'PATCH', body })).status).toBe(403)
  })

  it('keeps a getLock from being sent over somebody who was not seen', async () => {
    const ref = desk.draft(soft, 'x')
    await desk.sweep(soft)
    between = async () => {
      between = async () => {}
      desk.emulator.lockInConsole({ ...ref, holder: lin })
      await desk.sweep(soft)
    }
    const bo = await desk.take('bo', ref)
    expect([bo.status, bo.body.code]).toEqual([409, 'holder-changed'])
    expect(desk.sent(getLock)).toBe(0)
  })
})

import type { BoardDraft, Holder, Problem } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import type { TakeAnswer } from './answer.ts'
import { hear, keepsDialogOpen, openDialog, seeBoard, send } from './dialog-state.ts'
import { requestOf } from './intention.ts'

const at = '2026-11-24T14:00:25.000Z'
const lin: Holder = { id: '71', name: 'Lin Wei', kind: 'person', member: null }
const mei: Holder = { id: '72', name: '张梅', kind: 'person', member: null }
const service: Holder = { id: '9', name: 'svc-lockdesk', kind: 'service', member: null }

function held(holder: Holder | null, claimant?: { id: string; name: string }): BoardDraft {
  return {
    ref: { workspace: 'w', namespace: 'trade-prod', draftId: 'd1' },
    name: 'dwd_order',
    folder: 'payment',
    kind: null,
    engineVersion: null,
    labels: {},
    modifiedAt: null,
    modifierName: null,
    consoleUrl: 'https://console.example',
    lock: holder && {
      holder,
      seenSince: { after: at, by: at },
      known: 'bounded',
      overdueAt: null,
      claim: claimant ? { by: claimant, at } : null,
    },
    may: { take: false, takeOver: true },
  }
}

function problem(code: Problem['code'], changes: Partial<Problem> = {}): TakeAnswer {
  return { kind: 'problem', problem: { type: 't', title: 't', status: 409, code, ...changes }, retryAfterMs: null }
}

describe('the take-over dialog', () => {
  it('asks for what was seen when it opened', () => {
    expect(requestOf(openDialog(held(lin)).armed, '  backfill ')).toEqual({
      expectedHolderId: '71',
      expectedClaim: null,
      reason: 'backfill',
    })
    expect(requestOf(openDialog(held(service, { id: 'p1', name: 'Ada' })).armed)).toEqual({
      expectedHolderId: '9',
      expectedClaim: 'p1',
    })
  })

  it('arms anew when the board shows another holder while it is open', () => {
    const state = seeBoard(openDialog(held(lin)), held(mei))
    expect(state.armed.holder).toEqual(mei)
    expect(state.isRearmed).toBe(true)
  })

  it('arms anew when only the claim behind the shared account changed', () => {
    const open = openDialog(held(service, { id: 'p1', name: 'Ada' }))
    expect(seeBoard(open, held(service, { id: 'p2', name: 'Bo' })).isRearmed).toBe(true)
  })

  it('leaves everything as it is while the board shows the same', () => {
    const open = openDialog(held(lin))
    expect(seeBoard(open, held({ ...lin, name: 'Lin W.' }))).toBe(open)
  })

  it('arms with the holder that the answer names, and says so', () => {
    const state = hear(send(openDialog(held(lin))), problem('holder-changed', { holder: mei, claim: null }))
    expect(state).toMatchObject({ phase: 'ready', isRearmed: true })
    expect(state.armed.holder).toEqual(mei)
    expect(state.asked.holder).toEqual(lin)
    expect(requestOf(state.armed).expectedHolderId).toBe('72')
  })

  it('is not talked back into an old holder by a board that is behind the answer', () => {
    const state = hear(send(openDialog(held(lin))), problem('holder-changed', { holder: mei, claim: null }))
    expect(seeBoard(state, held(lin)).armed.holder).toEqual(mei)
    const caughtUp = seeBoard(state, held(mei))
    expect(caughtUp.armed.holder).toEqual(mei)
    expect(caughtUp.isRearmed).toBe(true)
  })

  it('keeps telling that the lock was got and lost again while the board shows the one, then the other', () => {
    const lost = problem('held-by-other', { holder: mei, claim: null, confirmedBy: 'answer' })
    const told = hear(send(openDialog(held(lin))), lost)
    const got = seeBoard(told, held(service, { id: 'p1', name: 'Ada' }))
    const caughtUp = seeBoard(got, held(mei))
    for (const state of [told, got, caughtUp]) {
      expect(state.answer).toBe(lost)
      expect(state.armed.holder).toEqual(mei)
    }
    expect(seeBoard(caughtUp, held(lin))).toMatchObject({ answer: null, armed: { holder: lin }, isRearmed: true })
    const straight = seeBoard(told, held(mei))
    expect(seeBoard(straight, held(null))).toMatchObject({ answer: null, armed: { holder: null } })
  })

  it('arms nothing while a take is under way', () => {
    const state = seeBoard(send(openDialog(held(lin))), held(service))
    expect(state).toMatchObject({ phase: 'sending', isRearmed: false })
    expect(state.armed.holder).toEqual(lin)
  })

  it('can be armed with a free draft', () => {
    const state = hear(send(openDialog(held(lin))), problem('holder-changed', { holder: null, claim: null }))
    expect(requestOf(state.armed)).toEqual({ expectedHolderId: null, expectedClaim: null })
  })

  it('stays armed as it was after a refusal', () => {
    const state = hear(send(openDialog(held(lin))), problem('refused', { holder: lin, layer: 'ram' }))
    expect(state).toMatchObject({ phase: 'ready', isRearmed: false })
    expect(state.armed.holder).toEqual(lin)
  })

  it('closes on success and on everything whose end is not known', () => {
    expect(keepsDialogOpen({ kind: 'lost' })).toBe(false)
    expect(keepsDialogOpen(problem('unknown'))).toBe(false)
    expect(keepsDialogOpen(problem('internal'))).toBe(false)
    expect(keepsDialogOpen(problem('cloud-unavailable'))).toBe(true)
    expect(keepsDialogOpen(problem('holder-changed'))).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import type { DraftState, LockState } from '../ledger/draft-state.ts'
import { judgeBefore } from './judge-before.ts'

const me = { ids: ['svc', 'svc-principal'] }
const bo = { personId: 'bo', isAdmin: false }
const ada = { personId: 'ada', isAdmin: true }

const heldBy = (id: string, claim: Partial<NonNullable<LockState['claim']>> | null = null): LockState => ({
  holder: { id, name: id },
  lockId: 'l',
  since: { after: 1, by: 2 },
  known: 'exact',
  claim: claim && { personId: 'bo', at: 1, reason: null, onBehalfOf: null, ...claim },
})
const draft = (lock: LockState | null, intents: DraftState['intents'] = []) => ({ lock, intents })
const pendingOf = (actorId: string, identityIds = ['svc'], onBehalfOf: string | null = null) => [
  { intentId: 'i', actorId, onBehalfOf, openedAt: 1, identityIds, isPending: true },
]
type Request = Parameters<typeof judgeBefore>[1]
const judge = (
  state: ReturnType<typeof draft>,
  request: Partial<Request>,
  taker = bo,
  policy: 'soft' | 'hard' = 'soft',
) => judgeBefore(state, { expectedHolderId: null, ...request }, taker, { me, policy })

describe('before anything is sent', () => {
  it('a free draft that was expected to be free is sent for, whatever the policy', () => {
    expect(judge(draft(null), {})).toBe('send')
    expect(judge(draft(null), {}, bo, 'hard')).toBe('send')
  })

  it('the own hold with the own claim is yours already, whatever was expected and whatever the policy', () => {
    expect(judge(draft(heldBy('svc', {})), { expectedHolderId: 'lin' }, bo, 'hard')).toBe('already-yours')
    expect(judge(draft(heldBy('svc-principal', {})), {})).toBe('already-yours')
    expect(judge(draft(heldBy('svc', { onBehalfOf: 'run 1' })), { onBehalfOf: 'run 1' })).toBe('already-yours')
  })

  it('another run of the same person is another person', () => {
    const state = draft(heldBy('svc', { onBehalfOf: 'run 1' }))
    expect(judge(state, { expectedHolderId: 'svc', onBehalfOf: 'run 2' })).toBe('holder-changed')
    expect(judge(state, { expectedHolderId: 'svc' })).toBe('holder-changed')
    expect(judge(state, { expectedHolderId: 'svc', expectedClaim: 'bo', onBehalfOf: 'run 2' })).toBe('move-claim')
  })

  it('a holder other than the expected one stops the take', () => {
    expect(judge(draft(heldBy('lin')), {})).toBe('holder-changed')
    expect(judge(draft(null), { expectedHolderId: 'lin' })).toBe('holder-changed')
    expect(judge(draft(heldBy('wu')), { expectedHolderId: 'lin' })).toBe('holder-changed')
  })

  it("another person's claim must have been seen; one that ended need not be there", () => {
    const adas = draft(heldBy('svc', { personId: 'ada' }))
    expect(judge(adas, { expectedHolderId: 'svc' })).toBe('holder-changed')
    expect(judge(adas, { expectedHolderId: 'svc', expectedClaim: 'di' })).toBe('holder-changed')
    expect(judge(adas, { expectedHolderId: 'svc', expectedClaim: 'ada' })).toBe('move-claim')
    expect(judge(draft(heldBy('svc')), { expectedHolderId: 'svc', expectedClaim: 'ada' })).toBe('move-claim')
  })

  it('a held draft of a hard namespace is for admins', () => {
    expect(judge(draft(heldBy('lin')), { expectedHolderId: 'lin' }, bo, 'hard')).toBe('policy-hard')
    expect(judge(draft(heldBy('lin')), { expectedHolderId: 'lin' }, ada, 'hard')).toBe('send')
    expect(judge(draft(heldBy('svc')), { expectedHolderId: 'svc' }, bo, 'hard')).toBe('policy-hard')
    expect(judge(draft(heldBy('lin')), {}, bo, 'hard')).toBe('holder-changed')
  })

  it("somebody else's unsettled take behind the same identity stops it, one's own does not", () => {
    expect(judge(draft(null, pendingOf('ada')), {})).toBe('take-pending')
    expect(judge(draft(null, pendingOf('bo', ['svc'], 'run 1')), {})).toBe('take-pending')
    expect(judge(draft(null, pendingOf('bo')), {})).toBe('send')
    expect(judge(draft(null, pendingOf('ada', ['another-service'])), {})).toBe('send')
    expect(judge(draft(heldBy('svc')), { expectedHolderId: 'svc' })).toBe('move-claim')
    expect(judge(draft(heldBy('svc'), pendingOf('ada')), { expectedHolderId: 'svc' })).toBe('take-pending')
  })

  it('tells holders apart by id: a namesake of ours is a stranger', () => {
    const namesake = draft({ ...heldBy('42'), holder: { id: '42', name: 'svc' } })
    expect(judge(namesake, {})).toBe('holder-changed')
    expect(judge(namesake, { expectedHolderId: '42' })).toBe('send')
  })
})

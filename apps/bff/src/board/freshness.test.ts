import { describe, expect, it } from 'vitest'
import { freshnessState } from '../ledger/how-known.ts'
import { freshnessOf } from './freshness.ts'

const at = Date.UTC(2026, 10, 25, 8)
const workspace = {
  name: 'hz-realtime',
  sweepIntervalMs: 15_000,
  budget: {
    admit: async () => {},
    observe: () => {},
    state: () => ({ perMinute: 60, left: 12, throttledUntil: at + 1_000 }),
  },
  rulesOf: () => ({ policy: 'hard', overdueAfterMs: 28_800_000 }) as const,
}
const ref = { workspace: 'w', namespace: 'trade-prod' }

describe('freshness', () => {
  it('is live up to three paces, and up to five seconds at least', () => {
    expect(freshnessState({ sweptAt: at, paceMs: 15_000 }, at + 45_000)).toBe('live')
    expect(freshnessState({ sweptAt: at, paceMs: 15_000 }, at + 45_001)).toBe('stale')
    expect(freshnessState({ sweptAt: at, paceMs: 1_000 }, at + 5_000)).toBe('live')
    expect(freshnessState({ sweptAt: at, paceMs: 1_000 }, at + 5_001)).toBe('stale')
    expect(freshnessState({ sweptAt: null, paceMs: null }, at)).toBe('never')
  })

  it('tells what is known of a namespace, with the reason of its last failure', () => {
    const state = {
      ...ref,
      sweptAt: at,
      paceMs: 30_000,
      isComplete: false,
      revision: 4,
      folders: {},
      error: { title: 'The cloud did not answer in time.', cause: 'no-answer' as const, requestId: null, at: at + 7 },
    }
    expect(freshnessOf(ref, state, workspace, at + 60_000)).toEqual({
      ...ref,
      workspaceName: 'hz-realtime',
      state: 'live',
      lastSweepAt: '2026-11-25T08:00:00.000Z',
      complete: false,
      pace: 30,
      policy: 'hard',
      overdueAfter: 28_800,
      revision: 4,
      budget: { perMinute: 60, left: 12, throttledUntil: '2026-11-25T08:00:01.000Z' },
      error: { title: 'The cloud did not answer in time.', cause: 'no-answer', at: '2026-11-25T08:00:00.007Z' },
    })
  })

  it('is never for a namespace that was not read yet', () => {
    expect(freshnessOf(ref, null, workspace, at)).toMatchObject({
      state: 'never',
      lastSweepAt: null,
      complete: false,
      pace: 15,
    })
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import type { Entry, Refusal } from '../ledger/ledger.ts'
import { type NewRefusal, type RefusalRecorder, createRefusalRecorder } from './repeated-refusals.ts'

let now: number
let written: Refusal[]
let faults: unknown[]
let isBroken: boolean
let due: { at: number; work: () => void }[]
let recorder: RefusalRecorder

beforeEach(() => {
  now = 1_000_000
  written = []
  faults = []
  isBroken = false
  due = []
  recorder = createRefusalRecorder({
    ledger: {
      async recordRefusal(refusal) {
        if (isBroken) throw new Error('disk full')
        written.push(refusal)
        return { id: `entry-${written.length}` } as Entry // only the id is looked at
      },
    },
    now: () => now,
    schedule(afterMs, work) {
      const one = { at: now + afterMs, work }
      due.push(one)
      return () => {
        due = due.filter(other => other !== one)
      }
    },
    onFault: fault => faults.push(fault),
  })
})

const denial = (facts: Partial<NewRefusal> = {}): NewRefusal => ({
  kind: 'denied',
  ref: { workspace: 'w', namespace: 'n', draftId: 'd' },
  actor: { personId: 'vi' },
  outcome: 'no-right',
  ...facts,
})
async function pass(ms: number) {
  now += ms
  const ready = due.filter(({ at }) => at <= now)
  due = due.filter(({ at }) => at > now)
  for (const { work } of ready) work()
  await Promise.resolve()
}

describe('repeated refusals', () => {
  it('write the first at once, and those of the minute after as one more with their count', async () => {
    expect(await recorder.record(denial())).toMatchObject({ id: 'entry-1' })
    await pass(10_000)
    expect(await recorder.record(denial())).toBeNull()
    await pass(49_999)
    expect(await recorder.record(denial())).toBeNull()
    expect(written).toHaveLength(1)
    await pass(1)
    expect(written).toMatchObject([
      { ...denial(), at: { after: 1_000_000, by: 1_000_000 } },
      // What the first said of the draft, they say too: it may be somebody else's by now.
      { ...denial(), at: { after: 1_010_000, by: 1_059_999 }, count: 2, first: { id: 'entry-1' } },
    ])
    expect(await recorder.record(denial())).toMatchObject({ id: 'entry-3' })
  })

  it('write nothing more where nothing was repeated', async () => {
    await recorder.record(denial())
    await pass(60_000)
    expect(written).toHaveLength(1)
    expect(due).toEqual([])
  })

  it('keep persons, drafts and causes apart', async () => {
    await recorder.record(denial())
    await recorder.record(denial({ actor: { personId: 'bo' } }))
    await recorder.record(denial({ ref: { workspace: 'w', namespace: 'n', draftId: 'e' } }))
    await recorder.record(denial({ outcome: 'policy-hard' }))
    await recorder.record(denial({ kind: 'attempt', outcome: 'held-by-other' }))
    expect(written).toHaveLength(5)
  })

  it('write what was counted when the process ends', async () => {
    await recorder.record(denial())
    await recorder.record(denial())
    await recorder.flush()
    expect(written.map(({ count }) => count)).toEqual([undefined, 1])
    expect(due).toEqual([])
  })

  it('keep a count that could not be written, and call the next one the first where the first could not', async () => {
    isBroken = true
    await expect(recorder.record(denial())).rejects.toThrow('disk full')
    isBroken = false
    expect(await recorder.record(denial())).toMatchObject({ id: 'entry-1' })
    await recorder.record(denial())
    isBroken = true
    await pass(60_000)
    await expect.poll(() => faults).toHaveLength(1)
    isBroken = false
    await pass(60_000)
    await expect.poll(() => written.map(({ count }) => count)).toEqual([undefined, 1])
  })
})

import { describe, expect, it } from 'vitest'
import { createLooking } from './looking.ts'

describe('somebody looks', () => {
  it('while a stream is open, and for two minutes after the board was read', () => {
    let now = 0
    let streams = 0
    const looking = createLooking({ now: () => now, openStreams: () => streams })
    expect(looking.isAnybodyLooking()).toBe(false)
    looking.boardWasRead()
    now = 120_000
    expect(looking.isAnybodyLooking()).toBe(true)
    now = 120_001
    expect(looking.isAnybodyLooking()).toBe(false)
    streams = 1
    expect(looking.isAnybodyLooking()).toBe(true)
  })

  it('at a draft for two minutes after its page was read', () => {
    let now = 0
    const looking = createLooking({ now: () => now, openStreams: () => 0 })
    const draft = { workspace: 'w', namespace: 'n', draftId: 'a' }
    looking.draftWasRead(draft)
    now = 60_000
    looking.draftWasRead({ ...draft, draftId: 'b' })
    now = 120_001
    looking.draftWasRead({ ...draft, draftId: 'c' })
    expect(['a', 'b', 'c'].map(draftId => looking.isOpen({ ...draft, draftId }))).toEqual([false, true, true])
    looking.draftWasRead({ ...draft, draftId: 'a' })
    expect(looking.isOpen(draft)).toBe(true)
  })
})

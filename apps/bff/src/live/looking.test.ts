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
})

import { describe, expect, it } from 'vitest'
import { sampleFreshness } from '../live/sample-board.ts'
import { overallFreshness } from './freshness.ts'

const at = (time: string) => Date.parse(`2026-11-25T${time}.000Z`)
const swept = (time: string, more = {}) => sampleFreshness(time, { lastSweepAt: `2026-11-25T${time}.000Z`, ...more })

describe('how fresh the board is', () => {
  it('is as fresh as its oldest namespace', () => {
    expect(overallFreshness([swept('08:00:05'), swept('08:00:01')], 'open')).toEqual({
      state: 'live',
      at: at('08:00:01'),
    })
  })

  it('is stale as soon as one namespace is', () => {
    const namespaces = [swept('08:00:05'), swept('07:00:00', { state: 'stale' })]
    expect(overallFreshness(namespaces, 'open')).toEqual({ state: 'stale', at: at('07:00:00') })
  })

  it('is never called live while the stream is away', () => {
    expect(overallFreshness([swept('08:00:05')], 'reconnecting')).toEqual({ state: 'reconnecting' })
    expect(overallFreshness([swept('08:00:05')], 'connecting')).toEqual({ state: 'checking' })
  })

  it('is being checked until there was a first reading', () => {
    expect(overallFreshness(undefined, 'open')).toEqual({ state: 'checking' })
    expect(overallFreshness([swept('08:00:05', { state: 'never', lastSweepAt: null })], 'open')).toEqual({
      state: 'checking',
    })
  })

  it('is not read, rather than being checked for ever, where the first reading fails', () => {
    const error = { title: 'The cloud does not answer.', at: '2026-11-25T08:00:00.000Z' }
    const never = swept('08:00:05', { state: 'never', lastSweepAt: null, error })
    expect(overallFreshness([never], 'open')).toEqual({ state: 'unread' })
    expect(overallFreshness([never, swept('08:00:01')], 'open')).toEqual({ state: 'unread' })
    expect(overallFreshness([never, swept('07:00:00', { state: 'stale' })], 'open')).toMatchObject({ state: 'stale' })
  })
})

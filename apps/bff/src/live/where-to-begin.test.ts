import { describe, expect, it } from 'vitest'
import { createCursors } from './cursor.ts'
import { mostReplayed, whereToBegin } from './where-to-begin.ts'

const cursors = createCursors({ secret: 's', ledgerId: 'here' })
const foreign = createCursors({ secret: 's', ledgerId: 'elsewhere' })
const at = (number: number) => cursors.sign('live', number)
const begin = (sent: { lastEventId?: string; after?: string }, head = 100) =>
  whereToBegin({ lastEventId: sent.lastEventId, after: sent.after }, head, cursors)

describe('where a stream begins', () => {
  it('is after the cursor, and now without one', () => {
    expect(begin({ after: at(40) })).toEqual({ number: 40, isReset: false })
    expect(begin({ after: at(100) })).toEqual({ number: 100, isReset: false })
    expect(begin({})).toEqual({ number: 100, isReset: false })
  })

  it('goes by the id the browser sends, before the address it was opened with', () => {
    expect(begin({ lastEventId: at(70), after: at(40) })).toEqual({ number: 70, isReset: false })
    expect(begin({ lastEventId: at(70), after: 'nonsense' })).toEqual({ number: 70, isReset: false })
    expect(begin({ lastEventId: '', after: at(40) })).toEqual({ number: 40, isReset: false })
  })

  it('asks to read the board again past the head, of another ledger, or too far behind', () => {
    const reset = { number: 100, isReset: true }
    expect(begin({ after: at(101) })).toEqual(reset)
    expect(begin({ lastEventId: at(101) })).toEqual(reset)
    expect(begin({ after: foreign.sign('live', 40) })).toEqual(reset)
    expect(begin({ lastEventId: foreign.sign('live', 40) })).toEqual(reset)
    expect(begin({ lastEventId: 'nonsense' })).toEqual(reset)
    const head = mostReplayed + 10
    expect(begin({ after: at(9) }, head)).toEqual({ number: head, isReset: true })
    expect(begin({ after: at(10) }, head)).toEqual({ number: 10, isReset: false })
  })

  it('refuses an address with a made-up cursor', () => {
    for (const after of ['', '7', 'nonsense', `${at(7)}x`, cursors.sign('audit', 7)])
      expect(() => begin({ after })).toThrow(expect.objectContaining({ code: 'bad-request' }))
  })
})

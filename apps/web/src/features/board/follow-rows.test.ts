import type { BoardDraft } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import { draftKey } from '../../api/draft-key.ts'
import { lin, sampleDraft, sampleLock } from '../../live/sample-board.ts'
import { followRows } from './follow-rows.ts'

const ask = (drafts: BoardDraft[], fresh = drafts, more = {}) => ({
  fresh,
  all: new Map(drafts.map(draft => [draftKey(draft.ref), draft])),
  asked: '',
  isHeld: true,
  ...more,
})
const idsOf = (rows: readonly BoardDraft[]) => rows.map(({ ref }) => ref.draftId)
const [a, b, c] = ['a', 'b', 'c'].map(id => sampleDraft(id)) as [BoardDraft, BoardDraft, BoardDraft]

describe('rows that somebody points at', () => {
  it('keep their place and show what is new in them', () => {
    const first = followRows(null, ask([a, b]))
    const held = sampleDraft('a', { lock: sampleLock(lin) })
    const next = followRows(first, ask([held, b], [b, held]))
    expect(idsOf(next.rows)).toEqual(['a', 'b'])
    expect(next.rows[0]?.lock?.holder.id).toBe(lin.id)
    expect(next.changes).toBe(1)
  })

  it('stay when they no longer match, and say so when they are gone', () => {
    const first = followRows(null, ask([a, b, c]))
    const next = followRows(first, ask([a, b], [a]))
    expect(idsOf(next.rows)).toEqual(['a', 'b', 'c'])
    expect(next.rows.map(({ deletedAt }) => deletedAt)).toEqual([undefined, undefined, ''])
  })

  it('follow at once when something else is asked for, or nobody points any more', () => {
    const first = followRows(null, ask([a, b]))
    expect(idsOf(followRows(first, ask([a, b], [b], { asked: 'b' })).rows)).toEqual(['b'])
    expect(idsOf(followRows(first, ask([a, b], [b], { isHeld: false })).rows)).toEqual(['b'])
  })

  it('come at the end when they are new', () => {
    const first = followRows(null, ask([b]))
    expect(idsOf(followRows(first, ask([a, b, c])).rows)).toEqual(['b', 'a', 'c'])
  })
})

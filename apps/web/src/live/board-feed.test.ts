import type { Board } from '@lockdesk/contract'
import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { boardKey, createBoardFeed } from './board-feed.ts'
import { sampleBoard, sampleDraft, sampleEvent, sampleMe } from './sample-board.ts'

function setUp(read: () => Promise<Board>) {
  const queries = new QueryClient()
  const changed: string[] = []
  const feed = createBoardFeed({ me: sampleMe('editor'), queries, read })
  feed.onChanged(key => changed.push(key))
  const holderOf = (draftId: string) =>
    queries.getQueryData<Board>(boardKey)?.drafts.find(({ ref }) => ref.draftId === draftId)?.lock?.holder.id
  return { queries, feed, changed, holderOf, load: () => queries.fetchQuery({ ...feed.boardQuery, staleTime: 0 }) }
}

describe('the board in the cache', () => {
  it('follows the stream', async () => {
    const { feed, changed, holderOf, load } = setUp(async () => sampleBoard([sampleDraft('a')]))
    await load()
    feed.receiveLock(sampleEvent(1, 'a'))
    feed.receiveLock(sampleEvent(1, 'a'))
    expect(holderOf('a')).toBe('71')
    expect(changed).toEqual(['w1/trade/a'])
  })

  it('misses nothing that happens while the board is being read', async () => {
    const answer = Promise.withResolvers<Board>()
    const { feed, holderOf, load } = setUp(() => answer.promise)
    const loaded = load()
    feed.receiveLock(sampleEvent(7, 'a'))
    // The server had answered before that entry was written.
    answer.resolve(sampleBoard([sampleDraft('a')]))
    await loaded
    expect(holderOf('a')).toBe('71')
  })

  it('does not let a slow reading undo what the stream has told since', async () => {
    const answers = [Promise.resolve(sampleBoard([sampleDraft('a')])), Promise.withResolvers<Board>()] as const
    let reads = 0
    const { feed, holderOf, load } = setUp(() => (reads++ === 0 ? answers[0] : answers[1].promise))
    await load()
    const again = load()
    feed.receiveLock(sampleEvent(3, 'a'))
    answers[1].resolve(sampleBoard([sampleDraft('a')]))
    await again
    expect(holderOf('a')).toBe('71')
  })

  it('does not let an old entry that comes again undo what a reading under way shows', async () => {
    const answers = [Promise.resolve(sampleBoard([sampleDraft('a')])), Promise.withResolvers<Board>()] as const
    let reads = 0
    const { feed, holderOf, load } = setUp(() => (reads++ === 0 ? answers[0] : answers[1].promise))
    await load()
    feed.receiveLock(sampleEvent(1, 'a'))
    feed.receiveLock(sampleEvent(2, 'a', { kind: 'freed', to: null }))
    const again = load()
    feed.receiveLock(sampleEvent(1, 'a'))
    answers[1].resolve(sampleBoard([sampleDraft('a')]))
    await again
    expect(holderOf('a')).toBeUndefined()
  })

  it('reads the board again, once, for several drafts that it does not know', async () => {
    vi.useFakeTimers()
    try {
      const { queries, feed, load } = setUp(async () => sampleBoard([]))
      await load()
      const asked = vi.spyOn(queries, 'invalidateQueries')
      for (const id of ['x', 'y', 'z']) feed.receiveLock(sampleEvent(id.charCodeAt(0), id))
      await vi.advanceTimersByTimeAsync(1000)
      expect(asked).toHaveBeenCalledTimes(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('begins to count anew after a reset: another ledger has lower numbers', async () => {
    const { feed, holderOf, load } = setUp(async () => sampleBoard([sampleDraft('a'), sampleDraft('b')]))
    await load()
    feed.receiveLock(sampleEvent(500, 'a'))
    feed.reset()
    feed.receiveLock(sampleEvent(2, 'b'))
    expect(holderOf('b')).toBe('71')
  })
})

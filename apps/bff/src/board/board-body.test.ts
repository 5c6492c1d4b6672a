import type { Board } from '@lockdesk/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { boardBody } from './board-body.ts'
import { createLoopTurns } from './loop-turns.ts'

describe('the body of the board', () => {
  const rooms = { nextTurn: createLoopTurns(), hangUp: () => {} }
  const rest: Omit<Board, 'drafts'> = { total: 0, cursor: 'c', namespaces: [] }
  const read = async (count: number) => {
    const rows = Array.from({ length: count }, (_, at) => JSON.stringify({ at }))
    return JSON.parse(await new Response(boardBody({ ...rest, total: count }, rows.values(), rooms)).text())
  }

  it.each([0, 1, 299, 300, 301, 600, 1_234])('has all of %i rows, in order', async count => {
    expect(await read(count)).toEqual({
      drafts: Array.from({ length: count }, (_, at) => ({ at })),
      ...rest,
      total: count,
    })
  })

  it('is not made further than it is read, and ends where the reader leaves', async () => {
    let made = 0
    function* rows() {
      for (;;) yield String(made++)
    }
    const reader = boardBody(rest, rows(), rooms).getReader()
    await reader.read()
    await new Promise(setImmediate)
    expect(made).toBe(300)
    await reader.cancel()
    await new Promise(setImmediate)
    expect(made).toBe(300)
  })

  describe('of a reader that stalls', () => {
    const endless = (): Iterator<string> => ({ next: () => ({ value: '{}', done: false }) })
    const hangUp = vi.fn()
    const begin = async () => {
      const reader = boardBody(rest, endless(), { ...rooms, hangUp, patienceMs: 1_000 }).getReader()
      await reader.read()
      return reader
    }
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
    afterEach(() => {
      vi.useRealTimers()
      hangUp.mockReset()
    })

    it('is hung up on', async () => {
      await begin()
      vi.advanceTimersByTime(999)
      expect(hangUp).not.toHaveBeenCalled()
      vi.advanceTimersByTime(1)
      expect(hangUp).toHaveBeenCalledTimes(1)
    })

    it('and goes on in time is not', async () => {
      const reader = await begin()
      vi.advanceTimersByTime(999)
      await reader.read()
      vi.advanceTimersByTime(999)
      expect(hangUp).not.toHaveBeenCalled()
    })

    it('and has left, or has it all, is nobody’s concern', async () => {
      await (await begin()).cancel()
      await new Response(boardBody(rest, ['{}'].values(), { ...rooms, hangUp, patienceMs: 1_000 })).text()
      vi.advanceTimersByTime(10_000)
      expect(hangUp).not.toHaveBeenCalled()
    })
  })
})

describe('turns of the event loop', () => {
  it('are given one at a time, in the order of asking', async () => {
    const nextTurn = createLoopTurns()
    const seen: string[] = []
    const ask = async (who: string) => {
      for (const time of [1, 2]) {
        await nextTurn()
        seen.push(`${who}${time}`)
      }
    }
    let turns = 0
    let isDone = false
    const count = () => {
      turns += 1
      if (!isDone) setImmediate(count)
    }
    setImmediate(count)
    await Promise.all(['a', 'b', 'c'].map(ask))
    isDone = true
    expect(seen).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2'])
    expect(turns).toBeGreaterThanOrEqual(5)
  })
})

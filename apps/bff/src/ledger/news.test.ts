import { describe, expect, it } from 'vitest'
import { sampleEntry } from '../../fixtures/sample-entry.ts'
import { createNews } from './news.ts'

/** A store in which others write, and the news of it. */
function open(head = 0) {
  const stored = Array.from({ length: head }, (_, at) => sampleEntry(at + 1))
  const told: number[] = []
  const faults: unknown[] = []
  const timers: (() => void)[] = []
  const at = { isAway: false, reads: 0 }
  const readAfter = async (after: number, limit: number) => {
    at.reads += 1
    if (at.isAway) throw new Error('the store is away')
    return stored.filter(({ number }) => number > after).slice(0, limit)
  }
  const news = createNews(
    head,
    readAfter,
    error => faults.push(error),
    (_, call) => timers.push(call),
  )
  news.onEntries(entries => told.push(...entries.map(({ number }) => number)))
  const write = (count = 1) => {
    const fresh = Array.from({ length: count }, () => stored[stored.push(sampleEntry(stored.length + 1)) - 1])
    return fresh.flatMap(entry => entry ?? [])
  }
  return { news, write, told, faults, timers, at }
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

describe('news of the ledger', () => {
  it('are what others wrote, in order and once, however often one is told to look', async () => {
    const { news, write, told } = open(3)
    write(1_200)
    for (const number of [7, 1_203, undefined]) news.look(number)
    await expect.poll(() => told).toEqual(upTo(1_203, 4))
    news.look()
    news.look(5)
    write()
    news.look(1_204)
    await expect.poll(() => told.at(-1)).toBe(1_204)
    expect(told).toEqual(upTo(1_204, 4))
  })

  it('of one’s own are told without a reading, unless somebody else came between', async () => {
    const { news, write, told, at } = open()
    news.wrote(write(2))
    expect([told, at.reads]).toEqual([[1, 2], 0])
    write()
    news.wrote(write())
    await expect.poll(() => told).toEqual([1, 2, 3, 4])
    expect(at.reads).toBe(1)
  })

  it('that could not be read are looked for again, though nobody says anything more', async () => {
    const { news, write, told, faults, timers, at } = open()
    at.isAway = true
    write(2)
    news.look(2)
    await expect.poll(() => timers.length).toBe(1)
    expect(faults).toHaveLength(1)
    at.isAway = false
    timers.shift()?.()
    await expect.poll(() => told).toEqual([1, 2])
    expect(timers).toEqual([])
  })
})

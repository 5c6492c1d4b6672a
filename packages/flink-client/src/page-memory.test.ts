import { expect, it } from 'vitest'
import { createPageMemory } from './page-memory.ts'

const page = (size: number) => ({ list: Buffer.alloc(size), starts: [], drafts: [] })

it('keeps what it has rather than what comes, up to its size', () => {
  const memory = createPageMemory(100)
  const [first, second, third] = [page(60), page(40), page(1)]
  memory.keep('1', first)
  memory.keep('2', second)
  memory.keep('3', third)
  expect([memory.recall('1'), memory.recall('2'), memory.recall('3')]).toEqual([first, second, null])
  memory.forget('2')
  memory.keep('3', third)
  expect(memory.recall('3')).toBe(third)
})

it('counts a page anew where it has grown', () => {
  const memory = createPageMemory(100)
  memory.keep('1', page(60))
  memory.keep('1', page(90))
  memory.keep('2', page(11))
  expect(memory.recall('2')).toBeNull()
})

it('lets go of what nobody has asked for in a while', () => {
  const memory = createPageMemory(100)
  memory.keep('gone', page(60))
  const next = page(60)
  for (let asked = 0; asked < 20; asked += 1) {
    memory.recall('next')
    memory.keep('next', next)
  }
  expect(memory.recall('next')).toBe(next)
  expect(memory.recall('gone')).toBeNull()
})

import { describe, expect, it } from 'vitest'
import { WaitedTooLong, createTurns } from './turns.ts'

/** A timer that a test lets run out. */
function manualSchedule() {
  const due = new Set<() => void>()
  return {
    schedule: (_: number, work: () => void) => {
      due.add(work)
      return () => void due.delete(work)
    },
    runOut() {
      for (const work of Array.from(due)) {
        due.delete(work)
        work()
      }
    },
    waiting: () => due.size,
  }
}

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: () => resolve() }
}

describe('turns', () => {
  it('run one at a time for each key, in the order of asking; other keys do not wait', async () => {
    const { schedule } = manualSchedule()
    const turns = createTurns({ longestWaitMs: 15_000, schedule })
    const done: string[] = []
    const first = gate()
    const work = (name: string, until?: Promise<void>) => async () => {
      done.push(`${name} begins`)
      await until
      done.push(`${name} ends`)
    }
    const all = [turns.run('a', work('1', first.opened)), turns.run('a', work('2')), turns.run('a', work('3'))]
    await turns.run('b', work('other'))
    first.open()
    await Promise.all(all)
    expect(done).toEqual([
      '1 begins',
      'other begins',
      'other ends',
      '1 ends',
      '2 begins',
      '2 ends',
      '3 begins',
      '3 ends',
    ])
  })

  it('give up the wait that lasts too long, without ever doing its work', async () => {
    const { schedule, runOut, waiting } = manualSchedule()
    const turns = createTurns({ longestWaitMs: 15_000, schedule })
    const first = gate()
    let wasDone = false
    const slow = turns.run('a', () => first.opened)
    const impatient = turns.run('a', async () => {
      wasDone = true
    })
    runOut()
    await expect(impatient).rejects.toBeInstanceOf(WaitedTooLong)
    first.open()
    await slow
    await turns.run('a', async () => {})
    expect(wasDone).toBe(false)
    expect(waiting()).toBe(0)
  })

  it('go on after work that fails', async () => {
    const { schedule } = manualSchedule()
    const turns = createTurns({ longestWaitMs: 15_000, schedule })
    const failing = turns.run('a', async () => {
      throw new Error('no')
    })
    const next = turns.run('a', async () => 'done')
    await expect(failing).rejects.toThrow('no')
    await expect(next).resolves.toBe('done')
  })
})

import type { Schedule } from './schedule.ts'

/** Somebody else was at it for too long: nothing was begun. */
export class WaitedTooLong extends Error {
  constructor() {
    super('the turn did not come in time')
    this.name = 'WaitedTooLong'
  }
}

/** Work that runs one at a time for each key, in the order in which it was asked for. */
export interface Turns {
  /** @throws WaitedTooLong the turn did not come within the longest wait; `work` was not called, and never will be */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>
}

export function createTurns({ longestWaitMs, schedule }: { longestWaitMs: number; schedule: Schedule }): Turns {
  /** Keys with somebody at it, and who waits for them. */
  const waiting = new Map<string, (() => void)[]>()

  function turn(key: string): Promise<void> {
    const queue = waiting.get(key)
    if (!queue) {
      waiting.set(key, [])
      return Promise.resolve()
    }
    return new Promise((begin, giveUp) => {
      const cancel = schedule(longestWaitMs, () => {
        queue.splice(queue.indexOf(next), 1)
        giveUp(new WaitedTooLong())
      })
      const next = () => {
        cancel()
        begin()
      }
      queue.push(next)
    })
  }

  function pass(key: string): void {
    const next = waiting.get(key)?.shift()
    if (next) next()
    else waiting.delete(key)
  }

  return {
    async run(key, work) {
      await turn(key)
      try {
        return await work()
      } finally {
        pass(key)
      }
    },
  }
}

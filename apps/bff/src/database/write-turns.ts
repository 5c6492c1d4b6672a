import { createTurns } from './turns.ts'

/** One writes, and the next waits at the server already, so that no way there and back is lost between them. */
const atOnce = ['one', 'next']
const longestWaitMs = 10_000

/**
 * The turns of those who write in this process. Only one can write anyway; were all of them to wait at the server, each on a connection of the pool,
 * none would be left for those who read.
 * @returns runs the work in its turn
 */
export function createWriteTurns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const turn = createTurns(atOnce)
  return async work => {
    const mine = turn()
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => late.reject(new Error('timeout exceeded when waiting for the turn to write')),
      longestWaitMs,
    )
    try {
      await Promise.race([mine, late.promise])
      clearTimeout(timer)
      return await work()
    } finally {
      clearTimeout(timer)
      void mine.then(({ giveBack }) => giveBack()) // whenever it comes
    }
  }
}

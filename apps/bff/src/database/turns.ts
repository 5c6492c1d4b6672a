export interface Turn<One> {
  one: One
  giveBack(): void
}

/**
 * Lends things of which each may be used by one at a time.
 * @returns waits for a free one, in the order of asking; the one that was used last is lent first
 */
export function createTurns<One>(all: readonly One[]): () => Promise<Turn<One>> {
  const free = [...all]
  const queue: ((one: One) => void)[] = []

  const giveBack = (one: One) => {
    const next = queue.shift()
    if (next) next(one)
    else free.push(one)
  }
  return async () => {
    const one = free.pop() ?? (await new Promise<One>(resolve => queue.push(resolve)))
    let isBack = false
    return {
      one,
      giveBack() {
        if (!isBack) giveBack(one)
        isBack = true
      },
    }
  }
}

export interface HeldOrder {
  keys: readonly string[]
  /** How much the fresh order differs: rows that came, went, or moved. */
  changes: number
}

/**
 * While somebody points at the table nothing in it may move: rows that are shown stay where they are, even those that no
 * longer belong, and new ones come at the end.
 */
export function holdOrder(shown: readonly string[], fresh: readonly string[]): HeldOrder {
  const before = new Set(shown)
  const now = new Map(fresh.map((key, index) => [key, index]))
  const came = fresh.filter(key => !before.has(key))
  const stayed = shown.flatMap(key => {
    const index = now.get(key)
    return index === undefined ? [] : [index]
  })
  const went = shown.length - stayed.length
  const moved = stayed.length - longestRise(stayed)
  return { keys: came.length === 0 ? shown : [...shown, ...came], changes: came.length + went + moved }
}

/** Length of the longest run that rises, with holes allowed: so many rows need not move. */
function longestRise(numbers: readonly number[]): number {
  const tails: number[] = []
  for (const number of numbers) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tails[middle] ?? 0) < number) low = middle + 1
      else high = middle
    }
    tails[low] = number
  }
  return tails.length
}

/** Something that does not hold of a ledger, or of a file that came from one. */
export interface Finding {
  /** The first entry that it is about. */
  number: number
  /** A sentence without its full stop. */
  words: string
}

/** So many are told; after that it is the same fault again and again. */
const mostTold = 20

export interface Findings {
  add(number: number, words: string): void
  /** Number of the first entry that something is wrong with; null where nothing is. */
  firstBad(): number | null
  sentences(): string[]
}

export function createFindings(): Findings {
  const told: Finding[] = []
  let first: number | null = null
  let count = 0
  return {
    add(number, words) {
      first = Math.min(number, first ?? number)
      count += 1
      if (told.length < mostTold) told.push({ number, words })
    },
    firstBad: () => first,
    sentences: () => [
      ...told.map(({ words }) => `${words}.`),
      ...(count > told.length ? [`And ${count - told.length} more.`] : []),
    ],
  }
}

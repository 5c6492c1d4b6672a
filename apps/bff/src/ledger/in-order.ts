import { inSlices } from './in-slices.ts'

export type Compare<Item> = (a: Item, b: Item) => number

/**
 * The order of two texts by their code points: that of SQLite, and of PostgreSQL's `C`. JavaScript's own puts what lies beyond the first plane before
 * the end of it.
 */
export function byCodePoint(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  for (let at = 0; at < most; at++) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (one !== other) return lifted(one) - lifted(other)
  }
  return a.length - b.length
}

/** Halves of a pair, which stand for what lies beyond, come behind the rest. */
const lifted = (unit: number) => (unit < 0xd800 ? unit : unit >= 0xe000 ? unit - 0x800 : unit + 0x2000)

/** Sorts a long list, with everybody else's work done in between. */
export async function sortedInSlices<Item>(items: Iterable<Item>, compare: Compare<Item>): Promise<Item[]> {
  let runs: Item[][] = []
  for await (const slice of inSlices(items)) runs.push(slice.sort(compare))
  while (runs.length > 1) {
    const longer: Item[][] = []
    for (let at = 0; at < runs.length; at += 2)
      longer.push(await mergedInSlices(runs[at] ?? [], runs[at + 1] ?? [], compare))
    runs = longer
  }
  return runs[0] ?? []
}

const stepsASlice = 2_000

/** One sorted list of two. */
export async function mergedInSlices<Item>(
  a: readonly Item[],
  b: readonly Item[],
  compare: Compare<Item>,
): Promise<Item[]> {
  const merged: Item[] = []
  let [atA, atB] = [0, 0]
  for (;;) {
    // At the beginning too: many short lists are as long as one.
    if (merged.length % stepsASlice === 0) await new Promise(setImmediate)
    const [nextA, nextB] = [a[atA], b[atB]]
    if (nextA === undefined || nextB === undefined) break
    const isFirst = compare(nextA, nextB) <= 0
    merged.push(isFirst ? nextA : nextB)
    if (isFirst) atA += 1
    else atB += 1
  }
  return merged.concat(a.slice(atA), b.slice(atB))
}

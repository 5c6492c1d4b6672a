/** One index, read backwards: what of it lies between two numbers, both left out, newest first. */
export interface Walk<Row> {
  read(range: { above: number; below: number }, limit: number): Promise<Row[]>
  /** Everything on it fits, or there is little on it: no need to go step by step. */
  isShort: boolean
}

export interface WalkOptions<Row> {
  numberOf(row: Row): number
  /** Where to begin and to end, both left out. */
  above: number
  below: number
  limit: number
  /** After so long what was found so far is answered, be it nothing. */
  patienceMs?: number
  steady?: () => number
}

const firstStep = 5_000
const [quickMs, slowMs] = [20, 100]

/**
 * The newest rows that several walks find together, each once. Where much lies on a walk that does not fit, it is searched step by step, and the
 * steps grow as long as they are quick, so that no question holds up the store; however little fits, an answer comes in bounded time.
 * @returns `next`: everything not smaller has been found, go on below it; null: there is nothing more
 */
export async function walkBack<Row>(
  walks: readonly Walk<Row>[],
  { numberOf, above, below, limit, patienceMs = 400, steady = () => performance.now() }: WalkOptions<Row>,
): Promise<{ rows: Row[]; next: number | null }> {
  const found: Row[] = []
  const began = steady()
  let step = walks.every(({ isShort }) => isShort) ? Infinity : firstStep
  for (let top = below; top > above + 1;) {
    const stepped = steady()
    const bottom = Math.max(above, top - 1 - step)
    // One more than is shown tells whether there is another page.
    const rows = await readStep(walks, { above: bottom, below: top }, limit + 1 - found.length, numberOf)
    found.push(...rows)
    if (found.length > limit) {
      const page = found.slice(0, limit)
      return { rows: page, next: numberOf(page.at(-1) ?? found[0]!) }
    }
    top = bottom + 1
    const now = steady()
    if (top > above + 1 && now - began > patienceMs) return { rows: found, next: top }
    if (now - stepped < quickMs) step *= 8
    else if (now - stepped > slowMs) step = Math.max(firstStep, step / 4)
  }
  return { rows: found, next: null }
}

async function readStep<Row>(
  walks: readonly Walk<Row>[],
  range: { above: number; below: number },
  limit: number,
  numberOf: (row: Row) => number,
): Promise<Row[]> {
  const found = new Map<number, Row>()
  for (const walk of walks) for (const row of await walk.read(range, limit)) found.set(numberOf(row), row)
  return [...found.values()].toSorted((a, b) => numberOf(b) - numberOf(a)).slice(0, limit)
}

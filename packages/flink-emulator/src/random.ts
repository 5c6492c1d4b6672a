/** A seeded source of chance: the same seed gives the same world, so a restart shows the same drafts. */
export interface Random {
  /** At least 0, less than 1. */
  fraction(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(choices: readonly [T, ...T[]]): T
  /** True in `probability` of all cases. */
  chance(probability: number): boolean
  /** A version 4 shaped UUID. */
  uuid(): string
  /** Decimal digits that do not begin with 0, as the cloud's account and user ids. */
  digits(length: number): string
  /** Lower-case letters and digits, as in the cloud's lock ids. */
  letters(length: number): string
}

/** Tommy Ettinger's mulberry32, over 32 bits of state: fast, and good enough to look alive. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const word = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const fraction = () => word() / 0x1_0000_0000
  const between = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1))
  const hex = () => word().toString(16).padStart(8, '0')
  const many = (length: number, one: () => string) => Array.from({ length }, one).join('')
  return {
    fraction,
    between,
    pick: choices => choices[between(0, choices.length - 1)] ?? choices[0],
    chance: probability => fraction() < probability,
    uuid: () => {
      const [a, b, c, d] = [hex(), hex(), hex(), hex()]
      const variant = '89ab'[between(0, 3)]
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`
    },
    digits: length => `${between(1, 9)}${many(length - 1, () => String(between(0, 9)))}`,
    letters: length => many(length, () => between(0, 35).toString(36)),
  }
}

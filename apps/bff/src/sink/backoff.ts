const firstMs = 1_000
const longestMs = 60_000

/**
 * How long to wait after a failure: by chance up to a second, then twice as long each time, up to a minute; so that many that failed together do
 * not come back together.
 * @param failures how many in a row, from 1
 * @param asked what the other side asked for, which is waited for at least
 * @param random from [0, 1)
 */
export function backoff(failures: number, asked: number | null, random: number): number {
  return Math.ceil((asked ?? 0) + random * Math.min(longestMs, firstMs * 2 ** (failures - 1)))
}

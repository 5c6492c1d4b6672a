import type { Board } from '@lockdesk/contract'

const rowsASlice = 300
/** A reader that takes nothing for so long is hung up on: the drafts of long ago would have to be kept for it. */
const longestStallMs = 30_000

/**
 * The board's answer as it is made: a slice of rows when the one before was taken, with everybody else's work done in between. A slow reader holds one
 * slice, and one who leaves ends it.
 * @param rows each in JSON
 * @param hangUp called where the reader has taken nothing for too long
 */
export function boardBody(
  facts: Omit<Board, 'drafts'>,
  rows: Iterator<string>,
  hangUp: () => void = () => {},
  patienceMs = longestStallMs,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let isBegun = false
  let stall: NodeJS.Timeout | undefined
  return new ReadableStream(
    {
      async pull(controller) {
        clearTimeout(stall)
        await new Promise(setImmediate)
        const slice: string[] = []
        let next = rows.next()
        for (; !next.done; next = rows.next()) {
          slice.push(next.value)
          if (slice.length === rowsASlice) break
        }
        const head = isBegun ? ',' : '{"drafts":['
        const text = slice.length === 0 && isBegun ? '' : head + slice.join(',')
        isBegun = true
        const end = next.done ? `],${JSON.stringify(facts).slice(1)}` : ''
        controller.enqueue(encoder.encode(text + end))
        if (next.done) controller.close()
        else stall = setTimeout(hangUp, patienceMs).unref()
      },
      cancel() {
        clearTimeout(stall)
        rows.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

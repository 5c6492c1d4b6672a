import type { Board } from '@lockdesk/contract'

const rowsASlice = 300

/**
 * The board's answer as it is made: a slice of rows when the one before was taken, with everybody else's work done in between. A reader who stalls
 * holds no more than one slice, and one who leaves ends it.
 * @param rows each in JSON
 */
export function boardBody(board: Omit<Board, 'drafts'>, rows: Iterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const { total, cursor, namespaces } = board
  let isBegun = false
  return new ReadableStream(
    {
      async pull(controller) {
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
        const end = next.done ? `],${JSON.stringify({ total, cursor, namespaces }).slice(1)}` : ''
        controller.enqueue(encoder.encode(text + end))
        if (next.done) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

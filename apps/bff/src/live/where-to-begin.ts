import { ProblemError } from '../http/problem.ts'
import type { Cursors, Place } from './cursor.ts'

/** More entries than this are quicker read as a board. */
export const mostReplayed = 10_000

/** Where a stream begins: after the entry `number`. `isReset`: something is missing before it, the board must be read again. */
export interface Beginning {
  number: number
  isReset: boolean
}

/**
 * What a reader has already, by what it sends: `Last-Event-ID` counts before `after`. Pure.
 * @param head number of the newest entry
 * @throws ProblemError `bad-request`: `after` is no cursor of ours. A bad `Last-Event-ID` is a reset instead: the browser sends it by itself, and an answer that is an error ends its stream for good.
 */
export function whereToBegin(
  sent: { lastEventId: string | undefined; after: string | undefined },
  head: number,
  cursors: Pick<Cursors, 'parse' | 'isHere'>,
): Beginning {
  const reset: Beginning = { number: head, isReset: true }
  const from = (place: Place): Beginning => {
    const isMissing = !cursors.isHere(place) || place.number > head || head - place.number > mostReplayed
    return isMissing ? reset : { number: place.number, isReset: false }
  }
  if (sent.lastEventId) {
    const place = cursors.parse('live', sent.lastEventId)
    return place ? from(place) : reset
  }
  if (sent.after !== undefined) {
    const place = cursors.parse('live', sent.after)
    if (place) return from(place)
    throw new ProblemError('bad-request', {
      detail: 'The cursor is not one that Lockdesk gave out. Read the board again and go on from its cursor.',
      errors: [{ path: 'after', message: 'not a cursor of the live stream' }],
    })
  }
  return { number: head, isReset: false }
}

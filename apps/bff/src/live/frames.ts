import type { LiveEvent } from '@lockdesk/contract'

/**
 * One event of the stream, encoded once for however many readers. The data is one line: JSON has no bare line breaks.
 * @param id a cursor: where the stream goes on from when the reader comes back
 */
export function frame(event: LiveEvent, data: unknown, id?: string): Buffer {
  return Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** The first bytes of a stream: how soon a browser comes back after an interruption. */
export const greeting = Buffer.from('retry: 2000\n\n')

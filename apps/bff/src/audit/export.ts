import type { LockEvent } from '@lockdesk/contract'
import { byteOrderMark, csvHeader, csvRow } from './csv.ts'

export const exportFormats = ['csv', 'jsonl'] as const
export type ExportFormat = (typeof exportFormats)[number]

export const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
} as const satisfies Record<ExportFormat, string>

/** One page of what is exported; `next`: go on below it. */
export type ReadPage = (before: number | undefined) => Promise<{ events: LockEvent[]; next: number | null }>

/**
 * Everything that was asked for, as a file that is made while it is read: a page is read when the one before has been taken, so a reader who
 * stalls holds nothing but one page, and one who leaves ends it. No transaction is open between two pages.
 */
export function exportStream(format: ExportFormat, readPage: ReadPage): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const line = format === 'csv' ? csvRow : (event: LockEvent) => `${JSON.stringify(event)}\n`
  let next: number | undefined
  let head = format === 'csv' ? byteOrderMark + csvHeader() : ''
  return new ReadableStream(
    {
      async pull(controller) {
        for (;;) {
          const page = await readPage(next)
          const text = head + page.events.map(line).join('')
          head = ''
          if (text !== '') controller.enqueue(encoder.encode(text))
          if (page.next === null) return controller.close()
          next = page.next
          // A page may be empty where little fits: nothing to wait for then.
          if (text !== '') return
        }
      },
    },
    { highWaterMark: 0 },
  )
}

/** A name for the file, which says when it was asked for. */
export const exportName = (format: ExportFormat, at: number): string =>
  `lockdesk-audit-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z.${format}`

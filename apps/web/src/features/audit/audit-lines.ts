import type { LockEvent } from '@lockdesk/contract'

/** One line of the audit's table. */
export type AuditLine =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'event'; key: string; event: LockEvent }
  | { kind: 'gap'; key: string; event: LockEvent }

/** The local day of a moment, as a key. */
function dayOf(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`
}

/**
 * Lays entries out, newest first as they come: a line for each day they happened on, gaps as lines of their own.
 */
export function auditLines(events: readonly LockEvent[]): AuditLine[] {
  const lines: AuditLine[] = []
  let day = ''
  for (const event of events) {
    const at = Date.parse(event.at.by)
    const itsDay = dayOf(at)
    if (itsDay !== day) lines.push({ kind: 'day', key: `day ${itsDay} ${event.number}`, at })
    day = itsDay
    lines.push({ kind: event.kind === 'gap' ? 'gap' : 'event', key: event.id, event })
  }
  return lines
}

/** Pages in order, each entry once: one that moved to a later page while reading is not told twice. */
export function mergePages(pages: readonly { events: LockEvent[] }[]): LockEvent[] {
  const seen = new Set<string>()
  return pages.flatMap(page => page.events.filter(event => !seen.has(event.id) && seen.add(event.id)))
}

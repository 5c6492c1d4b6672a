import type { EventKind } from '@lockdesk/contract'

const kinds = [
  'held',
  'changed',
  'freed',
  'deleted',
  'intent',
  'attempt',
  'denied',
  'gap',
  'setting',
] as const satisfies readonly EventKind[]

/** What the audit page shows, as its URL says it. */
export interface AuditSearch {
  kind?: EventKind
  /** A person's id. */
  actor?: string
  /** The id by which the cloud names a holder. */
  holder?: string
  draft?: string
  namespace?: string
}

const text = (value: unknown): string | undefined =>
  // The router reads a value that looks like a number as one: ids are text all the same.
  (typeof value === 'string' || typeof value === 'number') && String(value) !== '' ? String(value) : undefined

/** Reads the URL's search; what it does not know is left out, so that an old link still opens the page. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const kind = kinds.find(known => known === search['kind'])
  const actor = text(search['actor'])
  const holder = text(search['holder'])
  const draft = text(search['draft'])
  const namespace = text(search['namespace'])
  return {
    ...(kind && { kind }),
    ...(actor && { actor }),
    ...(holder && { holder }),
    ...(draft && { draft }),
    ...(namespace && { namespace }),
  }
}

/** How many of the filters are on. */
export function countFilters(search: AuditSearch): number {
  return Object.values(search).filter(value => value !== undefined).length
}

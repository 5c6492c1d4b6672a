import type { EventKind } from '@lockdesk/contract'

/** The kinds to filter by, in the order in which they are offered; `taken` means taken through Lockdesk. */
export const auditKinds = [
  'held',
  'changed',
  'freed',
  'taken',
  'attempt',
  'denied',
  'intent',
  'deleted',
  'gap',
  'setting',
] as const satisfies readonly (EventKind | 'taken')[]
export type AuditKind = (typeof auditKinds)[number]

/** What the audit page shows, as its URL says it. */
export interface AuditSearch {
  kind?: AuditKind
  /** A person's id. */
  actor?: string
  /** The id by which the cloud names a holder. */
  holder?: string
  draft?: string
  namespace?: string
}

/** Reads the URL's search; what it does not know is left out, so that an old link still opens the page. */
export function readAuditSearch(search: Readonly<Record<string, string>>): AuditSearch {
  const kind = auditKinds.find(known => known === search['kind'])
  const { actor, holder, draft, namespace } = search
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

/** The question to the API: the same names. */
export function auditFilter(search: AuditSearch, limit: number): URLSearchParams {
  return new URLSearchParams({ ...search, limit: String(limit) })
}

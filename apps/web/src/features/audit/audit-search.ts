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
  /** Any of these; none means all. */
  kind?: readonly AuditKind[]
  /** A person's id. */
  actor?: string
  /** The id by which the cloud names a holder. */
  holder?: string
  draft?: string
  namespace?: string
}

/** Reads the URL's search; what it does not know is left out, so that an old link still opens the page. */
export function readAuditSearch(search: Readonly<Record<string, string>>): AuditSearch {
  const asked = new Set(search['kind']?.split(','))
  const kind = auditKinds.filter(known => asked.has(known))
  const { actor, holder, draft, namespace } = search
  return {
    ...(kind.length > 0 && { kind }),
    ...(actor && { actor }),
    ...(holder && { holder }),
    ...(draft && { draft }),
    ...(namespace && { namespace }),
  }
}

/** The search as flat text: what stands in the URL, and what the API is asked, by the same names. */
export function flatSearch({ kind, ...rest }: AuditSearch): Record<string, string> {
  return { ...(kind && kind.length > 0 && { kind: kind.join(',') }), ...rest }
}

/** The search with one more kind, or one less. */
export function toggleKind({ kind = [], ...rest }: AuditSearch, one: AuditKind): AuditSearch {
  const kinds = kind.includes(one) ? kind.filter(other => other !== one) : [...kind, one]
  return kinds.length > 0 ? { ...rest, kind: auditKinds.filter(known => kinds.includes(known)) } : rest
}

/** The question to the API. */
export function auditFilter(search: AuditSearch, limit: number): URLSearchParams {
  return new URLSearchParams({ ...flatSearch(search), limit: String(limit) })
}

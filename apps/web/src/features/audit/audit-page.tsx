import type { Me } from '@lockdesk/contract'

/** The whole state of the page: flat strings, as they stand in the URL. */
export type AuditSearch = Readonly<Record<string, string>>

export interface AuditPageProps {
  me: Me
  search: AuditSearch
  /** Typing replaces the step of the history, choosing adds one. */
  onSearch(next: AuditSearch, how: 'push' | 'replace'): void
}

export function AuditPage(_: AuditPageProps) {
  return null
}

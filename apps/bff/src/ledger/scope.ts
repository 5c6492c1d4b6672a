import type { NamespaceRef } from '@lockdesk/contract'

/**
 * The namespaces that a query may touch. Every query of the store carries one; there is no "all":
 * whoever has a role in everything has a scope that lists everything known.
 */
export type Scope = readonly NamespaceRef[]

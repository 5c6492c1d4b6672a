import type { Kysely, Transaction } from 'kysely'
import type { AccessTables } from './access-tables.ts'
import type { AuditTables } from './audit-tables.ts'
import type { LedgerTables } from './ledger-tables.ts'
import type { MemberTables } from './member-tables.ts'
import type { ReplicaTables } from './replica-tables.ts'
import type { TrustTables } from './trust-tables.ts'

/**
 * One schema for both stores: text, integers and doubles only. Times are epoch milliseconds, ids are text, booleans are 0 or 1,
 * structures are JSON in text, so the same SQL runs on SQLite and on PostgreSQL.
 */
export interface Schema extends LedgerTables, AccessTables, AuditTables, MemberTables, ReplicaTables, TrustTables {}

export type Database = Kysely<Schema>
/** A connection inside a transaction: what the functions that write are given. */
export type Tx = Transaction<Schema>

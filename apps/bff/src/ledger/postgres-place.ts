import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'

/**
 * A word for which PostgreSQL this is: another one follows where the ledger was dumped and restored, copied, or its server went back in time
 * (each such way back begins a timeline). A server that lets nobody read its identifier is told by the rest.
 */
export async function postgresPlace(database: Database): Promise<string> {
  const { rows } = await sql<{ timeline: string; database: string; entries: string }>`
    select substring(pg_walfile_name(pg_current_wal_lsn()) for 8) as timeline,
      (select oid from pg_database where datname = current_database())::text as database,
      'entries'::regclass::oid::text as entries`.execute(database)
  const [here] = rows
  return ['postgres', await systemOf(database), here?.timeline, here?.database, here?.entries].join(' ')
}

async function systemOf(database: Database): Promise<string> {
  try {
    const { rows } = await sql<{ system: string }>`
      select system_identifier::text as system from pg_control_system()`.execute(database)
    return rows[0]?.system ?? '-'
  } catch {
    return '-'
  }
}

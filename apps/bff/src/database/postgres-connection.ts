import pg from 'pg'

/** How long a connection may take to come up, and a statement of the watch to be answered: a half-open one is dead after it. */
export const patienceMs = 5_000

/** What every connection is opened with. */
export function connectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'lockdesk',
    connectionTimeoutMillis: patienceMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 1_000,
    types,
  }
}

/**
 * Tells the server to let go of a session's locks within seconds where it hears nothing more from us: a replica that vanished with its machine, or
 * was stopped in the middle of a transaction, must not hold up the others. Said after the connection is up, since poolers know no start-up options.
 */
export async function letGoSoon(client: pg.ClientBase): Promise<void> {
  await client.query(`
    set tcp_user_timeout = ${patienceMs};
    set tcp_keepalives_idle = 2;
    set tcp_keepalives_interval = 1;
    set tcp_keepalives_count = 3;
    set idle_in_transaction_session_timeout = ${patienceMs}`)
}

const int8 = 20
const numeric = 1700

/** Whole numbers as numbers: ours are counts and times, far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 || oid === numeric
      ? (text: string) => Number(text)
      : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}

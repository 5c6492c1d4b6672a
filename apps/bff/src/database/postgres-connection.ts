import pg from 'pg'

/** How long a connection may take to come up, and a beat of one that is kept to be answered: a half-open one is dead after it. */
export const patienceMs = 5_000
/** The server itself gives a statement up after this, as one that waits for somebody who does not move. */
const longestStatementMs = 10_000
/** Who has heard nothing for so long hears nothing more: the server would have said that it gave up. */
const longestAnswerMs = longestStatementMs + 2_000
/** Nobody lends out a connection that has not been used for so long: whose it is has gone. */
const longestIdleMs = 60_000

/** What every connection is opened with. */
export function connectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'lockdesk',
    connectionTimeoutMillis: patienceMs,
    query_timeout: longestAnswerMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 1_000,
    types,
  }
}

/** For the few that may take as long as it takes: a schema is brought up to date. */
export function patientOptions(url: string): pg.ClientConfig {
  const { query_timeout: _, ...options } = connectionOptions(url)
  return options
}

/**
 * Tells the server to let go of a session's locks within seconds where it hears nothing more from us: a replica that vanished with its machine, or
 * was stopped in the middle of a transaction, must not hold up the others. What TCP can tell is not enough, since a proxy in between may keep its
 * side of the connection open: so a session that is silent for too long ends too. Said after the connection is up, since poolers know no start-up
 * options.
 * @param idleMs how long the session may be silent
 */
export async function letGoSoon(client: pg.ClientBase, idleMs: number = longestIdleMs): Promise<void> {
  await client.query(`
    set statement_timeout = ${longestStatementMs};
    set tcp_user_timeout = ${patienceMs};
    set tcp_keepalives_idle = 2;
    set tcp_keepalives_interval = 1;
    set tcp_keepalives_count = 3;
    set client_connection_check_interval = ${patienceMs};
    set idle_in_transaction_session_timeout = ${patienceMs};
    set idle_session_timeout = ${idleMs}`)
}

/** Ends a connection without a word to the other side, which may not be there. */
export function tearDown(client: pg.ClientBase): void {
  const { connection } = client as unknown as pg.Client // what a pool lends is one
  connection.stream.destroy()
}

/** In order where the other side hears it within a moment, and without where it does not. */
export async function endSoon(client: pg.Client): Promise<void> {
  const timer = setTimeout(() => tearDown(client), 1_000)
  await client.end()
  clearTimeout(timer)
}

/** A statement that was sent and not answered in time: what became of it is not known, and the connection is of no more use. */
export const isSilence = (error: unknown): boolean => error instanceof Error && error.message === 'Query read timeout'

const int8 = 20
const numeric = 1700

/** Whole numbers as numbers: ours are counts and times, far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 || oid === numeric
      ? (text: string) => Number(text)
      : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}

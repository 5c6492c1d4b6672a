import pg from 'pg'

/** Of the way to a PostgreSQL: it is not there, or went away. */
const lostConnection =
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND)|Connection terminated|timeout exceeded|Query read timeout|not queryable|connection error/

/** Told from our own mistakes: the store says no, whatever was asked of it, or is not there. */
export function isStoreFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof pg.DatabaseError) return true
  const code = 'code' in error ? String(error.code) : ''
  if (code.startsWith('ERR_SQLITE') || code === 'ERR_INVALID_STATE') return true
  return lostConnection.test(code) || lostConnection.test(error.message)
}

/** Why a PostgreSQL cannot be used, in words, from what the way there or the server says. */
export function postgresReason(error: unknown): string {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return reasons[code] ?? (/timeout/.test(message) ? silent : message === '' ? code : message)
}

/** It is the server, or the way to it, and no mistake of ours. */
export const isPostgresReason = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && Object.hasOwn(reasons, String(error.code))

const noRight = 'the user has no right to make tables there (grant usage, create on schema public)'
const silent = 'it does not answer'

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it ends the connection at once',
  ENOTFOUND: 'no such host is known',
  EAI_AGAIN: 'the host’s name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the host',
  ETIMEDOUT: silent,
  '28P01': 'the password, or the user, is wrong',
  '28000': 'the user may not sign in from here',
  '3D000': 'there is no such database',
  '42501': noRight,
  '3F000': noRight,
  '25006': 'it can only be read: a standby, or set so',
  '53300': 'it has no connection left: raise max_connections',
  '57P03': 'it is starting up or shutting down: try again in a moment',
}

import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../database/schema.ts'
import type { Caller } from './caller.ts'
import type { Origin } from './people.ts'

const idleMs = 12 * 60 * 60_000
const longestMs = 7 * 24 * 60 * 60_000
/** A session in use is written again only this much later: reading stays reading. */
const slideMs = 15 * 60_000

export const sessionSeconds = longestMs / 1000

export interface Sessions {
  /** @returns the token for the cookie; it is stored nowhere */
  open(personId: string): Promise<string>
  /** The person behind a token, with the rights in force now; null for a token that is unknown, forged or expired. */
  caller(token: string): Promise<Caller | null>
  /** The same by the session's id, for what a session holds open: looking counts as no use of it. */
  callerOf(sessionId: string): Promise<Caller | null>
  end(sessionId: string): Promise<void>
  endAllOf(personId: string): Promise<void>
  /** Removes what has expired, and tells those who listen. */
  endExpired(): Promise<void>
  /** Calls back with the id of each session that ended: what it still holds open must end too. @returns stops it */
  onEnded(listener: (sessionId: string) => void): () => void
}

/** The session's id: the hash of its token. It can be kept and compared, but opens nothing. */
export function sessionIdOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/**
 * Sessions of one kind of people: tokens of the demo's people open nothing in live mode, and the reverse.
 * They end 12 hours after the last use, 7 days after signing in at the latest.
 */
export function createSessions({
  database,
  now,
  origin,
}: {
  database: Database
  now: () => number
  origin: Origin
}): Sessions {
  const listeners = new Set<(sessionId: string) => void>()
  const tell = (rows: readonly { token_hash: string }[]) => {
    for (const { token_hash } of rows) for (const listener of listeners) listener(token_hash)
  }

  async function find(sessionId: string): Promise<{ caller: Caller; createdAt: number; expiresAt: number } | null> {
    const rows = await database
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.person_id')
      .leftJoin('passwords', 'passwords.person_id', 'people.id')
      .leftJoin('bindings', 'bindings.person_id', 'people.id')
      .select(['sessions.created_at', 'sessions.expires_at', 'people.id', 'people.name', 'people.email'])
      .select(['passwords.must_change', 'bindings.workspace', 'bindings.namespace', 'bindings.role'])
      .where('sessions.token_hash', '=', sessionId)
      .where('people.origin', '=', origin)
      .execute()
    const [first] = rows
    if (!first || first.expires_at <= now()) return null
    const bindings = rows.flatMap(({ workspace, namespace, role }) =>
      workspace !== null && namespace !== null && role !== null ? [{ workspace, namespace, role }] : [],
    )
    const { id, name, email, must_change, created_at: createdAt, expires_at: expiresAt } = first
    const caller = { person: { id, name }, email, sessionId, bindings, mustChangePassword: must_change === 1 }
    return { caller, createdAt, expiresAt }
  }

  return {
    async open(personId) {
      const token = randomBytes(32).toString('base64url')
      const at = now()
      await database
        .insertInto('sessions')
        .values({ token_hash: sessionIdOf(token), person_id: personId, created_at: at, expires_at: at + idleMs })
        .execute()
      return token
    },

    async caller(token) {
      const sessionId = sessionIdOf(token)
      const found = await find(sessionId)
      if (!found) return null
      const until = Math.min(now() + idleMs, found.createdAt + longestMs)
      if (until - found.expiresAt >= slideMs)
        await database
          .updateTable('sessions')
          .set({ expires_at: until })
          .where('token_hash', '=', sessionId)
          .execute()
          .catch(() => {}) // a store that cannot be written ends no session: reading goes on
      return found.caller
    },

    callerOf: async sessionId => (await find(sessionId))?.caller ?? null,

    async end(sessionId) {
      tell(await database.deleteFrom('sessions').where('token_hash', '=', sessionId).returning('token_hash').execute())
    },

    async endAllOf(personId) {
      tell(await database.deleteFrom('sessions').where('person_id', '=', personId).returning('token_hash').execute())
    },

    async endExpired() {
      tell(await database.deleteFrom('sessions').where('expires_at', '<=', now()).returning('token_hash').execute())
    },

    onEnded(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

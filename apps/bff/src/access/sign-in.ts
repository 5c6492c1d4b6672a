import type { Me } from '@lockdesk/contract'
import { ProblemError } from '../http/problem.ts'
import type { Database } from '../database/schema.ts'
import type { Caller } from './caller.ts'
import type { GuessLimits } from './guess-limits.ts'
import type { Passwords } from './passwords.ts'
import { findAccount, plainEmail } from './people.ts'
import type { Sessions } from './sessions.ts'

export interface SignInRooms {
  mode: Me['mode']
  database: Database
  sessions: Sessions
  passwords: Passwords
  limits: GuessLimits
  now: () => number
}

/**
 * Opens a session for whoever knows the password of an account.
 * An unknown address and a wrong password get the same answer after the same work.
 * @returns the token of the new session
 * @throws ProblemError `wrong-credentials`, or `too-many`
 */
export async function signInByEmail(
  { mode, database, sessions, passwords, limits }: SignInRooms,
  { email, password, address }: { email: string; password: string; address: string },
): Promise<string> {
  const account = plainEmail(email)
  await limits.count(account, address)
  // Accounts of the real cloud open nothing in the demo, even where both have one store.
  const found = mode === 'live' ? await findAccount(database, account) : null
  const fits = await passwords.fits(password, found?.passwordHash ?? null)
  if (!found || !fits)
    throw new ProblemError('wrong-credentials', { detail: 'No account has this e-mail address and this password.' })
  await limits.forgive(account, address)
  return sessions.open(found.person.id)
}

/**
 * Gives the caller another password. All sessions of the person end, and a new one begins.
 * @returns the token of the new session
 * @throws ProblemError `wrong-credentials`, `bad-request` for the same password again, or `too-many`
 */
export async function changePassword(
  { database, sessions, passwords, limits, now }: SignInRooms,
  caller: Caller,
  { current, password, address }: { current: string; password: string; address: string },
): Promise<string> {
  const account = caller.email ?? caller.person.id
  await limits.count(account, address)
  const row = await database
    .selectFrom('passwords')
    .select('hash')
    .where('person_id', '=', caller.person.id)
    .executeTakeFirst()
  if (!(await passwords.fits(current, row?.hash ?? null)))
    throw new ProblemError('wrong-credentials', { detail: 'The current password is not this one.' })
  await limits.forgive(account, address)
  if (current === password)
    throw new ProblemError('bad-request', {
      detail: 'The new password is the old one. Choose another.',
      errors: [{ path: 'password', message: 'the same as the current one' }],
    })
  const hash = await passwords.hash(password)
  await database
    .updateTable('passwords')
    .set({ hash, must_change: 0, changed_at: now() })
    .where('person_id', '=', caller.person.id)
    .execute()
  await sessions.endAllOf(caller.person.id)
  return sessions.open(caller.person.id)
}

import type { Database } from '../database/schema.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Passwords } from './passwords.ts'
import { SomebodyIsThere, addPerson, countAccounts } from './people.ts'

export interface FirstAdmin {
  email: string
  password: string
}

/**
 * Creates the first admin where nobody can sign in yet; where somebody can, the setting is left unread.
 * @returns whether somebody can sign in now
 */
export async function ensureFirstAdmin(
  rooms: { database: Database; ledger: Ledger; passwords: Passwords },
  admin: FirstAdmin | null,
): Promise<boolean> {
  if ((await countAccounts(rooms.database)) > 0) return true
  if (!admin) return false
  const { email, password } = admin
  const name = email.split('@')[0] ?? email
  const passwordHash = await rooms.passwords.hash(password)
  const person = { email, name, role: 'admin' as const, passwordHash, mustChangePassword: false }
  try {
    await addPerson(rooms, person, null, { onlyFirst: true })
  } catch (error) {
    // Another process that began at the same time was faster.
    if (!(error instanceof SomebodyIsThere)) throw error
  }
  return true
}

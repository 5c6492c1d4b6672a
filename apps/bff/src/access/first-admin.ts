import type { Database } from '../database/schema.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Passwords } from './passwords.ts'
import { addPerson, countAccounts } from './people.ts'

export interface FirstAdmin {
  email: string
  password: string
}

/**
 * Creates the first admin where nobody can sign in yet; where somebody can, the setting is left unread.
 * @returns whether somebody can sign in now
 */
export async function ensureFirstAdmin(
  rooms: { database: Database; ledger: Ledger; passwords: Passwords; now: () => number },
  admin: FirstAdmin | null,
): Promise<boolean> {
  if ((await countAccounts(rooms.database)) > 0) return true
  if (!admin) return false
  await addPerson(
    rooms,
    {
      email: admin.email,
      name: admin.email.split('@')[0] ?? admin.email,
      role: 'admin',
      passwordHash: await rooms.passwords.hash(admin.password),
      mustChangePassword: false,
    },
    null,
  )
  return true
}

import type { Workspace } from '../cloud/workspace.ts'
import { ConfigFault } from '../config/index.ts'
import type { Database } from '../database/schema.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { createClientAddress } from './client-address.ts'
import { ensureDemoPeople } from './demo-people.ts'
import { nobody } from './find-nobody.ts'
import { type FirstAdmin, ensureFirstAdmin } from './first-admin.ts'
import { createGuessLimits } from './guess-limits.ts'
import { createPasswords } from './passwords.ts'
import type { AccessRooms } from './routes.ts'
import { createSessionCookie } from './session-cookie.ts'
import { createSessions } from './sessions.ts'

export interface AccessFacts {
  database: Database
  ledger: Ledger
  now: () => number
  mode: AccessRooms['mode']
  publicUrl: string
  trustedProxies: readonly string[]
  workspaces: ReadonlyMap<string, Workspace>
  firstAdmin: FirstAdmin | null
}

/** Live, and there is nobody who could sign in, nor will be. */
export class NobodyCanSignIn extends ConfigFault {
  constructor() {
    super([nobody])
    this.name = 'NobodyCanSignIn'
  }
}

/**
 * Opens the room of people: those who may sign in are there afterwards.
 * @throws NobodyCanSignIn
 */
export async function openAccess(facts: AccessFacts): Promise<AccessRooms> {
  const { database, ledger, now, mode, publicUrl, trustedProxies, workspaces, firstAdmin } = facts
  const passwords = createPasswords()
  if (mode === 'demo') await ensureDemoPeople(database, now)
  else if (!(await ensureFirstAdmin({ database, ledger, passwords }, firstAdmin))) throw new NobodyCanSignIn()
  return {
    mode,
    database,
    workspaces,
    now,
    passwords,
    sessions: createSessions({ database, now, origin: mode === 'demo' ? 'demo' : 'local' }),
    limits: createGuessLimits(),
    cookie: createSessionCookie(publicUrl),
    clientAddress: createClientAddress(trustedProxies),
  }
}

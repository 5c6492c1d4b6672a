import { type Arguments, type Fault, modeOf, namesFirstAdmin, readDatabaseUrl } from '../config/index.ts'
import { openExisting } from '../database/open-existing.ts'
import { countAccounts } from './people.ts'

/** Live, and there is nobody who could sign in, nor will be. */
export const nobody: Fault = {
  setting: 'LOCKDESK_ADMIN_EMAIL, LOCKDESK_ADMIN_PASSWORD',
  message: 'are missing: there is no account yet, and nobody else becomes the first admin.',
  example:
    'LOCKDESK_ADMIN_EMAIL=lin@example.com LOCKDESK_ADMIN_PASSWORD=(at least 12 characters of your own); or add somebody: npm run person -- add lin@example.com --name "Lin Wei" --role admin',
}

/**
 * Finds out before the start whether somebody will be able to sign in, so that it can be told beside whatever else is wrong with the
 * configuration. Makes no store and no folder.
 * @returns the fault; none where it cannot be told
 */
export async function findNobody(env: Readonly<Record<string, string | undefined>>, args: Arguments): Promise<Fault[]> {
  if (modeOf(env).mode === 'demo' || namesFirstAdmin(env)) return []
  try {
    return (await hasAccounts(readDatabaseUrl(env, args))) ? [] : [nobody]
  } catch {
    // A fault of the setting is told with the others; what stands in the way of opening, when the store is opened for good.
    return []
  }
}

/** @throws Error the store cannot be looked into */
async function hasAccounts(databaseUrl: string): Promise<boolean> {
  const store = await openExisting(databaseUrl)
  if (!store) return false
  try {
    const tables = await store.database.introspection.getTables()
    return tables.some(({ name }) => name === 'people') && (await countAccounts(store.database)) > 0
  } finally {
    await store.close()
  }
}

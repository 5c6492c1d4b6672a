import { createPasswords } from '../access/passwords.ts'
import { openDatabase } from '../database/open-database.ts'
import { createLedger } from '../ledger/create-ledger.ts'
import { askRunning } from './ask-running.ts'
import type { Command } from './command.ts'
import { storeFileOf } from './control-file.ts'
import { type OperatorRooms, type Performed, perform } from './perform.ts'

/**
 * Does what an operator asked for, whether Lockdesk runs or not: the running process owns the store, so it is asked;
 * where none runs, the store is opened here.
 * @throws DatabaseFault also where a process has the file that could not be asked
 */
export async function runCommand(
  command: Command,
  { mode, databaseUrl, now }: Pick<OperatorRooms, 'mode' | 'now'> & { databaseUrl: string },
): Promise<Performed> {
  const store = storeFileOf(databaseUrl)
  const answer = store === null ? null : await askRunning(store, command)
  if (answer) return answer
  const { database, openStore, close } = await openDatabase(databaseUrl, now)
  try {
    const ledger = await createLedger({ database, store: await openStore() })
    return await perform({ mode, database, ledger, passwords: createPasswords(), now }, command)
  } finally {
    await close()
  }
}

import { resolve } from 'node:path'
import { type OpenedDatabase, openDatabase } from '../database/open-database.ts'
import type { Database } from '../database/schema.ts'
import type { Store } from '../database/store.ts'
import { type LedgerOptions, createLedger } from './create-ledger.ts'
import { findHead } from './head-file.ts'
import { type HeadKeeper, keepHead } from './keep-head.ts'
import type { Ledger } from './ledger.ts'
import { nameLife } from './ledger-life.ts'
import { postgresPlace } from './postgres-place.ts'
import { type Sealer, createSealer } from './seal-segments.ts'
import { createSigner } from './signer.ts'

export interface OpenLedgerOptions extends Pick<LedgerOptions, 'onWritten' | 'onFault'> {
  /** As `openDatabase` takes it. */
  url: string
  /** The machine's clock. */
  wall?: () => number
  /** The secret that checkpoints are signed by; asked for once the store is open. Null: nothing is signed. */
  secret(): string | null
  /** Signed at least so often, where that is more often than the house does. */
  longestUnsealedMs?: number
}

export interface OpenedLedger extends Pick<OpenedDatabase, 'backupTo'> {
  database: Database
  store: Store
  ledger: Ledger
  sealer: Sealer | null
  /** The ledger was found restored, moved or copied, and has another id than before. */
  isNewLife: boolean
  /** Signs what waits, then lets go of the store. */
  close(): Promise<void>
}

/**
 * Opens a store and the ledger in it, as whoever writes it must: it is found out whether it is where it was, and what is written is signed.
 * @throws DatabaseFault, DatabaseInUse
 */
export async function openLedger({
  url,
  wall,
  secret,
  longestUnsealedMs,
  onFault = () => {},
  ...options
}: OpenLedgerOptions): Promise<OpenedLedger> {
  const file = fileOf(url)
  const found = file === null ? null : await findHead(file)
  const { database, openStore, backupTo, close: closeDatabase } = await openDatabase(url, wall)
  let head: HeadKeeper | null = null
  const ends = [closeDatabase, async () => head?.closed()]
  try {
    const store = await openStore()
    let isNewLife = false
    if (file !== null && found !== null) {
      head = await keepHead(file, found, { database, store }, onFault)
      ;({ isNewLife } = head)
    } else if (store.kind === 'postgres') isNewLife = await nameLife(store, await postgresPlace(database))
    const given = secret()
    const sealer = given === null ? null : createSealer({ database, store }, createSigner(given), longestUnsealedMs)
    const ledger = await createLedger({ database, store, onFault, ...options, ...(sealer && { sealer }) })
    ledger.onCommit(entries => head?.committed(entries))
    return {
      database,
      store,
      ledger,
      sealer,
      isNewLife,
      ...(backupTo && { backupTo }),
      async close() {
        await sealer?.sealOld(true).catch(onFault)
        for (const end of ends) await end()
      },
    }
  } catch (error) {
    for (const end of ends) await end()
    throw error
  }
}

/** The file of the store. Null where it is in memory, or is a server. */
function fileOf(url: string): string | null {
  const path = /^sqlite:(.+)$/s.exec(url)?.[1]
  return path === undefined || path === ':memory:' ? null : resolve(path)
}

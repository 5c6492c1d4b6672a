import type { Database, Tx } from '../database/schema.ts'
import type { Store } from '../database/store.ts'
import { chainEnd } from './append-entries.ts'
import { checkpointText } from './checkpoint.ts'
import type { Signer } from './signer.ts'

/** So many entries wait for a checkpoint at most. */
export const segmentLength = 1_000
/** So long an entry waits for a checkpoint at most, as long as a process runs. */
export const longestUnsealedMs = 3_600_000

export interface Sealer {
  readonly signer: Signer
  /**
   * Signs where a segment is full; to be called in the transaction that appended, after it did. It asks the store only where that may be so.
   * @param head number of the newest entry appended
   */
  sealFull(tx: Tx, head: number, now: number): Promise<void>
  /** Signs what has waited long enough, or (`isClosing`) whatever waits. Looks first, and holds up nobody where there is nothing. */
  sealOld(isClosing?: boolean): Promise<void>
}

/**
 * Writes the checkpoints of a store, for one process of those that share it.
 * @param longestMs how long an entry waits for its checkpoint at most
 */
export function createSealer(
  { database, store }: { database: Database; store: Store },
  signer: Signer,
  longestMs = longestUnsealedMs,
): Sealer {
  // Never more than what is committed; less only lets this process ask once more.
  let sealed = 0

  return {
    signer,
    async sealFull(tx, head, now) {
      if (head - sealed < segmentLength) return
      sealed = (await lastCheckpoint(tx))?.number ?? 0
      if (head - sealed >= segmentLength) await seal(tx, signer, now)
    },
    async sealOld(isClosing = false) {
      const isDue = async (on: Database, now: number) => {
        const waiting = await firstUnsealed(on)
        return waiting !== null && (isClosing || now - waiting >= longestMs)
      }
      if (!(await isDue(database, store.now()))) return
      await store.write(async ({ tx, now }) => {
        if (await isDue(tx, now)) await seal(tx, signer, now)
      })
    },
  }
}

async function lastCheckpoint(database: Database) {
  const last = await database
    .selectFrom('checkpoints')
    .select(['number', 'signature'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? null
}

/** When the first entry behind the last checkpoint was recorded; null where there is none. */
async function firstUnsealed(database: Database): Promise<number | null> {
  const first = await database
    .selectFrom('entries')
    .select('recorded_at')
    .where('number', '>', (await lastCheckpoint(database))?.number ?? 0)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return first?.recorded_at ?? null
}

/** Signs the ledger as it stands in this transaction, which holds the right to write. */
async function seal(tx: Tx, signer: Signer, now: number): Promise<void> {
  const { number, hash } = await chainEnd(tx)
  const last = await lastCheckpoint(tx)
  if (number === 0 || number === last?.number) return
  const { ledger_id } = await tx.selectFrom('ledger').select('ledger_id').executeTakeFirstOrThrow()
  const facts = { ledger_id, number, hash, at: now }
  await tx
    .insertInto('signing_keys')
    .values({ key_id: signer.keyId, public_key: signer.publicKey, first_used_at: now })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await tx
    .insertInto('checkpoints')
    .values({
      ...facts,
      key_id: signer.keyId,
      signature: signer.sign(checkpointText(facts, last?.signature ?? null)),
    })
    .execute()
}

import type { Database, Tx } from '../database/schema.ts'
import type { Store } from '../database/store.ts'
import { floorText } from './checkpoint.ts'
import { readFloor } from './read-checkpoints.ts'
import type { Signer } from './signer.ts'

/** So many entries go in one transaction: a take waits no longer than for one of these. */
const batchSize = 500

export interface LetGoRooms {
  database: Database
  store: Store
  signer: Signer
  /** Up to which number everybody has heard of the entries who must. */
  heardUpTo?(): Promise<number>
  /** What is derived from entries goes with them, in the transaction that raises the floor. */
  forget?(tx: Tx, floor: number): Promise<void>
}

/**
 * Lets go of whole segments whose checkpoint is older than `retentionMs`. First the floor is raised to that checkpoint, which stays and is where
 * the walk begins from then on; then the entries go, batch by batch, and what a killed process left is taken up by the next call. The newest entry
 * always stays: numbers go on from it. What is known of the drafts now is kept in tables of its own.
 * @param stop ends it between two batches
 * @returns how many entries went
 */
export async function letGo(rooms: LetGoRooms, retentionMs: number, stop?: AbortSignal): Promise<number> {
  const { database, store } = rooms
  const upTo = (await rooms.heardUpTo?.()) ?? Infinity
  const isDue = async (on: Database, now: number) => {
    const checkpoint = await newestOlderThan(on, now - retentionMs, upTo)
    return checkpoint && checkpoint.number > ((await readFloor(on))?.number ?? 0) ? checkpoint : null
  }
  if (await isDue(database, store.now()))
    await store.write(async ({ tx, now }) => {
      const checkpoint = await isDue(tx, now)
      if (checkpoint) await raiseFloor(tx, rooms, checkpoint, now)
    })
  const floor = await readFloor(database)
  let gone = 0
  while (floor && !stop?.aborted) {
    const batch = await store.write(({ tx }) => deleteBatch(tx, floor.number))
    gone += batch
    if (batch < batchSize) break
  }
  return gone
}

/** The newest checkpoint signed before `cutoff`, not above `upTo`, and with an entry behind it. */
async function newestOlderThan(database: Database, cutoff: number, upTo: number) {
  const head = await database
    .selectFrom('entries')
    .select('number')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!head) return null
  const found = await database
    .selectFrom('checkpoints')
    .select(['number', 'signature'])
    .where('at', '<=', cutoff)
    .where('number', '<=', Math.min(head.number - 1, upTo))
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found ?? null
}

async function raiseFloor(
  tx: Tx,
  { signer, forget }: LetGoRooms,
  checkpoint: { number: number; signature: string },
  now: number,
): Promise<void> {
  const facts = { number: checkpoint.number, at: now }
  await tx
    .insertInto('signing_keys')
    .values({ key_id: signer.keyId, public_key: signer.publicKey, first_used_at: now })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await tx
    .insertInto('ledger_floors')
    .values({ ...facts, key_id: signer.keyId, signature: signer.sign(floorText(facts, checkpoint.signature)) })
    .execute()
  await forget?.(tx, checkpoint.number)
}

/** @returns how many went */
async function deleteBatch(tx: Tx, floor: number): Promise<number> {
  const oldest = await tx.selectFrom('entries').select('number').orderBy('number').limit(1).executeTakeFirst()
  if (!oldest || oldest.number > floor) return 0
  const { numDeletedRows } = await tx
    .deleteFrom('entries')
    .where('number', '<=', Math.min(floor, oldest.number + batchSize - 1))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

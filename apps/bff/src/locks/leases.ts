import { randomUUID } from 'node:crypto'
import type { DraftRef } from '@lockdesk/contract'
import { sql } from 'kysely'
import type { Database, Tx } from '../database/schema.ts'
import type { Store } from '../database/store.ts'

/** The right to be at work on a draft, over all processes. It is a row with an expiry, and nothing is held open meanwhile. */
export interface Lease {
  release(): Promise<void>
}

export interface Leases {
  /** @returns null where another process is at work on the draft */
  tryLease(ref: DraftRef): Promise<Lease | null>
  /** Called when one was given back, by whichever process. @returns stops it */
  onRelease(call: () => void): () => void
}

/** A process that says nothing for so long is not waited for. */
const lastsMs = 10_000
const renewEveryMs = 3_000

/**
 * Leases in the store that the processes share. One that is not renewed in time is anybody's, and so is at once that of a process which is no more;
 * whoever lost one so and wakes up again finds the other's intent in the way of its own.
 */
export function createLeases({ database, store }: { database: Database; store: Store }): Leases {
  const isAt = (ref: DraftRef) => ({ workspace: ref.workspace, namespace: ref.namespace, draft_id: ref.draftId })

  async function take(tx: Tx, ref: DraftRef, owner: string): Promise<boolean> {
    // Nothing is lost with one: a crash of the database ends the work behind it too.
    await sql`set local synchronous_commit = off`.execute(tx)
    const now = store.now()
    const mine = { owner, process: store.processId, expires_at: now + lastsMs }
    const fresh = await tx
      .insertInto('turns')
      .values({ ...isAt(ref), ...mine })
      .onConflict(conflict => conflict.columns(['workspace', 'namespace', 'draft_id']).doNothing())
      .returning('owner')
      .executeTakeFirst()
    if (fresh) return true
    const found = await tx
      .selectFrom('turns')
      .selectAll()
      .where(eb => eb.and(isAt(ref)))
      .forUpdate()
      .executeTakeFirst()
    if (found && found.expires_at > now && (await store.isAlive(tx, found.process))) return false
    const taken = await tx
      .updateTable('turns')
      .set(mine)
      .where(eb => eb.and({ ...isAt(ref), owner: found?.owner ?? owner }))
      .returning('owner')
      .executeTakeFirst()
    return taken !== undefined
  }

  return {
    async tryLease(ref) {
      const owner = randomUUID()
      if (!(await database.transaction().execute(tx => take(tx, ref, owner)))) return null
      const renewal = setInterval(() => {
        const renewed = database
          .updateTable('turns')
          .set({ expires_at: store.now() + lastsMs })
          .where('owner', '=', owner)
        renewed.execute().catch(() => {}) // the next one may be luckier, and an expired one does no harm
      }, renewEveryMs)
      renewal.unref()
      return {
        async release() {
          clearInterval(renewal)
          await database.transaction().execute(async tx => {
            await sql`set local synchronous_commit = off`.execute(tx)
            await tx.deleteFrom('turns').where('owner', '=', owner).execute()
          })
          await store.announce('turn', '')
        },
      }
    },
    onRelease: call => store.listen('turn', call),
  }
}

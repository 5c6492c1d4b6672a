import type { Tx } from '../database/schema.ts'
import type { Store } from '../database/store.ts'

/** Intents of processes that are no more are pending from here on: nobody will come to write their ends. */
export async function endOfTheDead(tx: Tx, store: Pick<Store, 'processId' | 'isAlive'>): Promise<void> {
  const others = await tx
    .selectFrom('intents')
    .select('process')
    .distinct()
    .where('is_pending', '=', 0)
    .where(eb => eb.or([eb('process', 'is', null), eb('process', '!=', store.processId)]))
    .execute()
  for (const { process } of others) {
    if (process !== null && (await store.isAlive(tx, process))) continue
    await tx
      .updateTable('intents')
      .set({ is_pending: 1 })
      .where('is_pending', '=', 0)
      .where('process', process === null ? 'is' : '=', process)
      .execute()
  }
}

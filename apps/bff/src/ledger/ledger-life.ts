import { randomUUID } from 'node:crypto'
import type { Tx } from '../database/schema.ts'
import type { Store } from '../database/store.ts'
import { chainEnd } from './append-entries.ts'

/**
 * Gives a ledger that is not where it was an id of its own: it was restored, moved or copied, and numbers that are used again must not be taken
 * for those of before. Of a ledger that nobody has looked after yet, only the place is noted.
 * @param place a word for where the store is, which no other one has
 * @returns whether the id is a new one
 */
export function nameLife(store: Store, place: string): Promise<boolean> {
  return store.write(async ({ tx, now }) => {
    const { ledger_id } = await tx.selectFrom('ledger').select('ledger_id').executeTakeFirstOrThrow()
    const life = await tx
      .selectFrom('ledger_lives')
      .select('place')
      .where('ledger_id', '=', ledger_id)
      .executeTakeFirst()
    if (life?.place === place) return false
    if (!life) {
      await begin(tx, { ledger_id, began_at: now, after_number: 0, place, why: 'created' })
      return false
    }
    const next = { ledger_id: randomUUID(), began_at: now, place, why: 'restored' as const }
    await begin(tx, { ...next, after_number: (await chainEnd(tx)).number })
    await tx.updateTable('ledger').set({ ledger_id: next.ledger_id }).execute()
    return true
  })
}

async function begin(
  tx: Tx,
  life: { ledger_id: string; began_at: number; after_number: number; place: string; why: 'created' | 'restored' },
): Promise<void> {
  await tx.insertInto('ledger_lives').values(life).execute()
}

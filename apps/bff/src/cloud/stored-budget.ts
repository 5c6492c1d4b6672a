import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { BudgetState } from './budget-state.ts'

/**
 * Changes the row of one credential's budget; everybody else waits meanwhile.
 * @param work is given null where nobody has sent anything yet
 */
export async function changeBudget<Result>(
  { database, credential }: { database: Database; credential: string },
  work: (state: BudgetState | null) => { state: BudgetState; result: Result },
): Promise<{ state: BudgetState; result: Result }> {
  return database.transaction().execute(async tx => {
    // A crash of the database may forget the last calls: it takes longer to come back than they count.
    await sql`set local synchronous_commit = off`.execute(tx)
    await tx
      .insertInto('call_budgets')
      .values({ credential, state: '' })
      .onConflict(conflict => conflict.column('credential').doNothing())
      .execute()
    const row = await tx
      .selectFrom('call_budgets')
      .select('state')
      .where('credential', '=', credential)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const changed = work(row.state === '' ? null : (JSON.parse(row.state) as BudgetState)) // written below
    await tx
      .updateTable('call_budgets')
      .set({ state: JSON.stringify(changed.state) })
      .where('credential', '=', credential)
      .execute()
    return changed
  })
}

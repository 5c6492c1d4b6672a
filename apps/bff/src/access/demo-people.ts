import type { DemoPeople, Role } from '@lockdesk/contract'
import type { Database } from '../database/schema.ts'

type DemoPerson = DemoPeople['people'][number] & { role: Role }

/** Who can sign in to the demo, without a password. */
export const demoPeople: readonly DemoPerson[] = [
  { id: 'ada', name: 'Ada Okoye', role: 'admin' },
  { id: 'bo', name: 'Bo Chen', role: 'editor' },
  { id: 'vi', name: 'Vi Tran', role: 'viewer' },
]

/** Sees to it that the demo's people exist, each with one role in every namespace. */
export async function ensureDemoPeople(database: Database, now: () => number): Promise<void> {
  const at = now()
  await database.transaction().execute(async tx => {
    for (const { id, name, role } of demoPeople) {
      const added = await tx
        .insertInto('people')
        .values({ id, name, email: null, origin: 'demo', created_at: at })
        .onConflict(conflict => conflict.column('id').doNothing())
        .executeTakeFirst()
      if (added.numInsertedOrUpdatedRows === 0n) continue
      await tx.insertInto('bindings').values({ person_id: id, workspace: '*', namespace: '*', role }).execute()
    }
  })
}

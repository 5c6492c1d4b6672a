import type { Verification } from '@lockdesk/contract'
import type { Database } from '../database/schema.ts'
import { fits } from './chain.ts'
import type { Entry } from './ledger.ts'

/** Walks the whole chain, a page at a time, and names the first entry that does not fit behind the one before it. */
export async function verifyChain(database: Database): Promise<Verification> {
  let before: Entry | null = null
  let entries = 0
  let firstBad: number | null = null
  for (;;) {
    const page: Entry[] = await database
      .selectFrom('entries')
      .selectAll()
      .where('number', '>', before?.number ?? 0)
      .orderBy('number')
      .limit(2_000)
      .execute()
    for (const entry of page) {
      entries += 1
      if (firstBad === null && !fits(before, entry)) firstBad = entry.number
      before = entry
    }
    if (page.length === 0) return { ok: firstBad === null, entries, firstBad, checkpoints: 0 }
  }
}

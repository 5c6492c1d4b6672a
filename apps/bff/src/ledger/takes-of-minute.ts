import type { Tx } from '../database/schema.ts'

const minuteMs = 60_000
/** More than most actors write in a minute. */
const pageSize = 100

/**
 * How long an actor must wait whose intents of the last minute are as many as allowed. They are counted in the ledger itself, by whoever holds the
 * right to write it: so the limit is one over all processes, and a restart does not forget it.
 * @param most how many are allowed; 0: any number
 * @returns milliseconds; 0: no longer
 */
export async function waitForTake(tx: Tx, actorId: string, most: number, now: number): Promise<number> {
  if (most === 0) return 0
  let seen = 0
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const page = await tx
      .selectFrom('entries')
      .select(['number', 'kind', 'recorded_at'])
      .where('actor_id', '=', actorId)
      .where('number', '<', before)
      .orderBy('number', 'desc')
      .limit(pageSize)
      .execute()
    for (const { kind, recorded_at } of page) {
      if (recorded_at <= now - minuteMs) return 0
      if (kind === 'intent' && (seen += 1) === most) return recorded_at + minuteMs - now
    }
    const last = page.at(-1)
    if (!last || page.length < pageSize) return 0
    before = last.number
  }
}

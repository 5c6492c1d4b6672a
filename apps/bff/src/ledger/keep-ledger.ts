import { transitionKinds } from '@lockdesk/contract'
import type { Database } from '../database/schema.ts'
import type { Store } from '../database/store.ts'
import { readMarks } from './derived-marks.ts'
import { tallyEntries } from './entry-tallies.ts'
import { forgetDerived } from './forget-derived.ts'
import { type LetGoRooms, letGo } from './let-go.ts'
import { catchUpHolds } from './project-holds.ts'
import type { Sealer } from './seal-segments.ts'

export interface KeepingRooms extends Omit<LetGoRooms, 'signer' | 'forget'> {
  store: Store
  sealer: Sealer
  /** Null: everything is kept. */
  retentionMs: number | null
  /** Told how many entries were let go of. */
  onLetGo?(count: number): void
  onFault?(error: unknown): void
}

const everyMs = 60_000

/**
 * What must happen in a ledger though nobody writes it: old entries are signed, and let go of where that is wanted. Of several processes one lets
 * go at a time. It begins at once.
 * @returns stops it, between two small transactions
 */
export function keepLedger(rooms: KeepingRooms): () => Promise<void> {
  const { store, sealer, retentionMs, onLetGo = () => {}, onFault = () => {} } = rooms
  const ending = new AbortController()
  let running: Promise<void> | null = null

  async function look(): Promise<void> {
    await sealer.sealOld()
    if (retentionMs === null) return
    const duty = await store.tryDuty('retention')
    if (!duty) return
    try {
      const stop = AbortSignal.any([ending.signal, duty.lost])
      const heard = async () => Math.min(await derivedUpTo(rooms), (await rooms.heardUpTo?.()) ?? Infinity)
      const gone = await letGo(
        { ...rooms, signer: sealer.signer, heardUpTo: heard, forget: forgetDerived },
        retentionMs,
        stop,
      )
      if (gone > 0) onLetGo(gone)
    } finally {
      await duty.release()
    }
  }
  const tick = () => {
    running ??= look()
      .catch(onFault)
      .finally(() => (running = null))
  }
  tick()
  const timer = setInterval(tick, Math.min(everyMs, Math.max(1_000, retentionMs ?? everyMs)))
  timer.unref()
  return async () => {
    clearInterval(timer)
    ending.abort()
    await running
  }
}

/** Up to which number entries are no longer needed for what is derived from them: all, where nobody wrote meanwhile. */
async function derivedUpTo({ database, store }: { database: Database; store: Store }): Promise<number> {
  while (!(await store.write(({ tx }) => catchUpHolds(tx)))) continue
  while (!(await store.write(({ tx }) => tallyEntries(tx)))) continue
  const { holds, tallies } = await readMarks(database)
  const next = await database
    .selectFrom('entries')
    .select('number')
    .where('number', '>', holds)
    .where('kind', 'in', transitionKinds)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return Math.min(tallies, next ? next.number - 1 : Infinity)
}

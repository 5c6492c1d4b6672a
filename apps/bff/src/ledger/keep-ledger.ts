import type { Store } from '../database/store.ts'
import { type LetGoRooms, letGo } from './let-go.ts'
import type { Sealer } from './seal-segments.ts'

export interface KeepingRooms extends Omit<LetGoRooms, 'signer'> {
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
      const gone = await letGo({ ...rooms, signer: sealer.signer }, retentionMs, stop)
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

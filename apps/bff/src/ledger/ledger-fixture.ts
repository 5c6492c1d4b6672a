import type { UpstreamDraft, UpstreamLock } from '@lockdesk/flink-client'
import type { OpenStore } from '../../fixtures/stores.ts'
import { createLocalStore } from '../database/local-store.ts'
import { openDatabase } from '../database/open-database.ts'
import type { Store } from '../database/store.ts'
import { createLedger } from './create-ledger.ts'
import type { Reading, SweepObservation } from './observation.ts'

export const place = { workspace: 'w', namespace: 'trade-prod' }
export const refOf = (draftId: string) => ({ ...place, draftId })

export const held = (holderId: string, id = `lock-of-${holderId}`): UpstreamLock => ({
  id,
  holderId,
  holderName: holderId,
})

export function draftOf(draftId: string, lock: UpstreamLock | null = null): UpstreamDraft {
  return {
    draftId,
    name: `draft ${draftId}`,
    parentId: null,
    kind: 'SQLSCRIPT',
    engineVersion: 'vvr-8.0.11-flink-1.17',
    labels: {},
    modifiedAt: null,
    modifierName: null,
    lock,
  }
}

/** A ledger in memory whose clock a test moves. */
export async function ledgerInMemory() {
  const { database, close } = await openDatabase('sqlite::memory:', () => 1_000_000)
  return ledgerOn({ database, store: createLocalStore(database, () => 1_000_000), close })
}

/** A ledger in a store, by a clock that a test moves. */
export async function ledgerOn(open: Pick<OpenStore, 'database' | 'store' | 'close'>) {
  const { database, close } = open
  const clock = { now: 1_000_000 }
  const store: Store = {
    ...open.store,
    now: () => clock.now,
    write: (work, by) => open.store.write(write => work({ ...write, now: clock.now }), by),
    lastWrite: async () => ({ ...(await open.store.lastWrite()), at: clock.now }),
  }
  const ledger = await createLedger({ database, store })

  async function reading(draft: UpstreamDraft): Promise<Reading> {
    return { draft, head: await ledger.head(), sentAt: clock.now, arrivedAt: clock.now + 10 }
  }

  /** A sweep of one instant, ten milliseconds long. */
  async function sweep(drafts: readonly UpstreamDraft[], facts: Partial<SweepObservation> = {}): Promise<void> {
    const readings = await Promise.all(drafts.map(reading))
    await ledger.observeSweep({
      namespace: place,
      head: await ledger.head(),
      startedAt: clock.now,
      finishedAt: clock.now + 10,
      readings,
      isComplete: true,
      paceMs: 5_000,
      ...facts,
    })
  }

  const read = async (draft: UpstreamDraft) => ledger.observeReading(place, await reading(draft))
  const all = () => ledger.entries({ scope: [place], order: 'oldest', limit: 10_000 })
  return { ledger, database, store, clock, sweep, read, reading, all, close }
}

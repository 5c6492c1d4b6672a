// The obvious design: each process remembers who held what, and writes down what is different now.
import type * as Real from '../../../../apps/bff/src/ledger/observe-locks.ts'
import type { DraftRow } from '../../../../apps/bff/src/ledger/draft-row.ts'

const address = new URL('../../../../apps/bff/src/ledger/observe-locks.ts?real', import.meta.url).href
const real = (await import(address)) as typeof Real

type Memory = Parameters<typeof Real.observeSweep>[3]
type Lock = Pick<DraftRow, 'holder_id' | 'holder_name' | 'lock_id' | 'since_after' | 'since_by' | 'known'>

const nobody: Lock = {
  holder_id: null,
  holder_name: null,
  lock_id: null,
  since_after: null,
  since_by: null,
  known: null,
}
const remembered = new Map<string, Lock>()

/** The store is asked for everything but for who holds what. */
const inMemory: Memory = {
  async recall(tx, { workspace, namespace }) {
    const stored = await tx
      .selectFrom('drafts')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('namespace', '=', namespace)
      .execute()
    const rows = stored.map((row): [string, DraftRow] => [
      row.draft_id,
      { ...row, claim_person: null, claim_reason: null, ...(remembered.get(row.draft_id) ?? nobody) },
    ])
    return { rows: new Map(rows), intents: new Map(), isTakenIn: () => false }
  },
  remember() {},
  forget() {},
}

export const observeSweep: typeof Real.observeSweep = async (tx, sweep, recordedAt) => {
  const entries = await real.observeSweep(tx, sweep, recordedAt, inMemory)
  for (const { draft, sentAt, arrivedAt } of sweep.readings)
    remembered.set(
      draft.draftId,
      draft.lock === null
        ? nobody
        : {
            holder_id: draft.lock.holderId,
            holder_name: draft.lock.holderName,
            lock_id: draft.lock.id,
            since_after: sentAt,
            since_by: arrivedAt,
            known: 'bounded',
          },
    )
  return entries
}

export const { observeReading } = real

import type { DraftRef } from '@lockdesk/contract'
import type { Lease, Leases } from './leases.ts'
import type { Schedule } from './schedule.ts'
import { WaitedTooLong, createTurns } from './turns.ts'

/** Work on drafts that runs one at a time for each draft, over all processes; here in the order in which it was asked for. */
export interface DraftTurns {
  /** @throws WaitedTooLong the turn did not come within the longest wait; `work` was not called, and never will be */
  run<Result>(ref: DraftRef, work: () => Promise<Result>): Promise<Result>
}

export interface DraftTurnsOptions {
  longestWaitMs: number
  schedule: Schedule
  /** Absent where this is the only process. */
  leases?: Leases
  onFault(error: unknown): void
}

/** How soon a lease that expired is noticed: nobody tells of that. */
const lookAgainMs = 500

export function createDraftTurns({ longestWaitMs, schedule, leases, onFault }: DraftTurnsOptions): DraftTurns {
  const turns = createTurns({ longestWaitMs, schedule })
  const keyOf = ({ workspace, namespace, draftId }: DraftRef) => JSON.stringify([workspace, namespace, draftId])
  if (!leases) return { run: (ref, work) => turns.run(keyOf(ref), work) }

  /** Whoever waits here is the first of this process. */
  async function leaseOf({ tryLease, onRelease }: Leases, ref: DraftRef, isLate: () => boolean): Promise<Lease> {
    for (;;) {
      const { promise: again, resolve } = Promise.withResolvers<void>()
      const forget = onRelease(resolve)
      const cancel = schedule(lookAgainMs, resolve)
      try {
        const got = await tryLease(ref)
        if (got) return got
        if (isLate()) throw new WaitedTooLong()
        await again
      } finally {
        forget()
        cancel()
      }
    }
  }

  return {
    async run(ref, work) {
      let isLate = false
      const cancel = schedule(longestWaitMs, () => (isLate = true))
      return turns
        .run(keyOf(ref), async () => {
          const held = await leaseOf(leases, ref, () => isLate).finally(cancel)
          try {
            return await work()
          } finally {
            await held.release().catch(onFault) // it expires
          }
        })
        .finally(cancel)
    },
  }
}

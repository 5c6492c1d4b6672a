import type { Duty } from '../../../apps/bff/src/database/store.ts'
import type * as right from '../../../apps/bff/src/watch/duties.ts'

/** Wrong: every replica sweeps every namespace, whoever else does, and writes what it saw by any connection. */
export const onDuty: typeof right.onDuty = (_namespace, { signal }, work) => {
  signal.throwIfAborted()
  const nobodysRight = { lost: new AbortController().signal, release: async () => {} }
  return work(nobodysRight as Duty) // without a connection of the right's own the store takes any
}

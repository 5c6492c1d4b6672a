import type { Operation } from './operations.ts'

/** How often each operation was called, by access key id; operations never called are absent. */
export type CallCounts = Record<string, Partial<Record<Operation, number>>>

/** Counts every call that named a known key when it arrived, whatever became of it. */
export interface CallCounter {
  count(accessKeyId: string, operation: Operation): void
  counts(): CallCounts
}

export function createCallCounter(): CallCounter {
  const counts: CallCounts = {}
  return {
    count: (accessKeyId, operation) => {
      const ofKey = (counts[accessKeyId] ??= {})
      ofKey[operation] = (ofKey[operation] ?? 0) + 1
    },
    counts: () => structuredClone(counts),
  }
}

import * as right from '../../../apps/bff/src/ledger/judge-reading.ts'

export * from '../../../apps/bff/src/ledger/judge-reading.ts'

/** Wrong: whatever a reading says counts, be it older than what is known. */
export const judgeReading: typeof right.judgeReading = (known, reading) =>
  right.judgeReading({ ...known, lastNumber: 0, readAt: null, echo: null }, reading)

import * as right from '@lockdesk/bff/judge-reading'

export * from '@lockdesk/bff/judge-reading'

/** Wrong: whatever a reading says counts, be it older than what is known. */
export const judgeReading: typeof right.judgeReading = (known, reading) =>
  right.judgeReading({ ...known, lastNumber: 0, readAt: null, echo: null }, reading)

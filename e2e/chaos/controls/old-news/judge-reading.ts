// The obvious design: whatever was read is what is so now, however long its answer was on the way.
import type * as Real from '../../../../apps/bff/src/ledger/judge-reading.ts'

const address = new URL('../../../../apps/bff/src/ledger/judge-reading.ts?real', import.meta.url).href
const real = (await import(address)) as typeof Real

export const { settleAfterMs } = real

export const judgeReading: typeof Real.judgeReading = (known, reading) =>
  real.judgeReading(
    {
      ...known,
      lastNumber: 0,
      readAt: null,
      echo: null,
      intents: known.intents.map(one => ({ ...one, isPending: true })),
    },
    reading,
  )

export const mayBelieveAbsence: typeof Real.mayBelieveAbsence = () => true

// The obvious design: every replica sweeps everything, and a transaction is thought to be enough.
import type * as Real from '../../../../apps/bff/src/watch/duties.ts'

type Duty = Parameters<Parameters<typeof Real.onDuty>[2]>[0]

/** A right that everybody has: what is written by it goes over any connection. */
const everybodys = { lost: new AbortController().signal, release: async () => {} } as Duty

export const onDuty: typeof Real.onDuty = (_namespace, _options, work) => work(everybodys)

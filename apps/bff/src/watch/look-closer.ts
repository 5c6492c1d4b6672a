import type { Ledger, Reading } from '../ledger/ledger.ts'
import { createAbsences } from './absences.ts'
import type { Looking } from './read-one.ts'
import { type ListsTogether, createSilence } from './silence.ts'
import type { Sweep } from './sweep-namespace.ts'

/** A sweep, with what may be believed of it. */
export interface JudgedSweep {
  sweep: Sweep
  /** A draft that the list lacked and that is there. */
  found: Reading | null
  /** Direct looks that it took. */
  looks: number
}

export interface CloserLook {
  /** The namespace's lists do not tell of locks. */
  readonly isMute: boolean
  judge(sweep: Sweep): Promise<JudgedSweep>
}

/** Judges the sweeps of one namespace, each beside the ones before: whether what they lack is gone, and whether their silence about locks means anything. */
export function createCloserLook(
  given: Looking & { ledger: Pick<Ledger, 'head' | 'looseEnds' | 'heldDrafts'> },
  together: ListsTogether,
  wasMute: boolean,
): CloserLook {
  const absences = createAbsences(given)
  const silence = createSilence(given, together, wasMute)
  return {
    get isMute() {
      return silence.isDecided
    },
    async judge(sweep) {
      const { doubted, found, looks } = await absences.judge(sweep)
      const isMute = await silence.judge(sweep)
      const error = sweep.error ?? (found ? lacking : isMute ? mute : undefined)
      return {
        found,
        looks: looks + silence.looks,
        sweep: {
          ...sweep,
          isComplete: sweep.isComplete && !found,
          ...(doubted.size > 0 && { doubted }),
          ...(isMute && { isMute }),
          ...(error && { error }),
        },
      }
    },
  }
}

const lacking = { title: 'The list lacked a draft that is there.', cause: 'torn', requestId: null } as const
const mute = {
  title:
    'The lists of the cloud do not tell who holds a draft. Drafts are read one by one, so a lock may be shown late.',
  cause: 'list-without-locks',
  requestId: null,
} as const

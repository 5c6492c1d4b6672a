import type { Ledger, Reading } from '../ledger/ledger.ts'
import { type Looking, readOne } from './read-one.ts'
import type { Sweep } from './sweep-namespace.ts'

/** What may be believed of what a whole list lacks. */
export interface AbsenceJudgement {
  /** Not to be taken for gone yet. */
  doubted: ReadonlySet<string>
  /** A draft that is there all the same: so the list does not tell all. */
  found: Reading | null
  /** Direct looks that it took. */
  looks: number
}

const nothing: AbsenceJudgement = { doubted: new Set(), found: null, looks: 0 }

/** Direct looks for one sweep. */
const mostLooks = 5

/**
 * Judges what complete sweeps of one namespace lack, one after the other. Only the second that lacks a draft may delete it, and not every second.
 *
 * The pages of a list are read one after the other. Where a draft goes and another comes in between, everything behind moves up by one: the
 * one that slips from the top of the next page to the bottom of the last is on neither, and counts and totals fit. But then the one that went had
 * been read, and the next sweep lacks it. So what a sweep lacked is gone for certain where the next one lists all that it had listed: then none went
 * while it was read. Else only drafts count as gone of which a direct look says so, a few for each sweep; the others wait for a quieter one.
 *
 * A list that hides a draft sweep after sweep cannot be found out by itself. So a few of the suspects are looked at directly even then, and if one
 * is there, none is deleted.
 */
export function createAbsences(given: Looking & { ledger: Pick<Ledger, 'head' | 'looseEnds'> }) {
  /** What the last complete sweep listed. */
  let last: ReadonlySet<string> | null = null
  /** Where the last round of looks ended, so that each suspect has its turn. */
  let looked: string | null = null

  async function judge({ seen }: Pick<Sweep, 'seen'>): Promise<AbsenceJudgement> {
    const { missing } = await given.ledger.looseEnds(given.namespace)
    const suspects = missing.filter(id => !seen.has(id))
    if (suspects.length === 0) return nothing
    const wasWhole = last !== null && isWithin(last, seen)
    const isSure = (id: string) => wasWhole && last !== null && !last.has(id)

    const doubted = new Set(suspects)
    let isUnclear = false
    let looks = 0
    for (const id of turnsOf(suspects, looked).slice(0, mostLooks)) {
      const look = await readOne(given, id)
      looked = id
      looks += 1
      if (look.kind === 'there') return { doubted: new Set(suspects), found: look.reading, looks }
      if (look.kind === 'none') doubted.delete(id)
      if (look.kind === 'unknown') isUnclear = true
    }
    if (!isUnclear) for (const id of suspects) if (isSure(id)) doubted.delete(id)
    return { doubted, found: null, looks }
  }

  return {
    async judge(sweep: Pick<Sweep, 'seen' | 'isComplete'>): Promise<AbsenceJudgement> {
      if (!sweep.isComplete) return nothing
      const judgement = await judge(sweep)
      last = judgement.found ? null : sweep.seen
      return judgement
    },
  }
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  if (some.size > all.size) return false
  for (const id of some) if (!all.has(id)) return false
  return true
}

/** All of them in a settled order, beginning after one of them. */
function turnsOf(ids: readonly string[], after: string | null): string[] {
  const inOrder = ids.toSorted()
  const from = after === null ? 0 : inOrder.findIndex(id => id > after)
  return from <= 0 ? inOrder : [...inOrder.slice(from), ...inOrder.slice(0, from)]
}

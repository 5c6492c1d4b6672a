import type { Entry, Ledger, Refusal } from '../ledger/ledger.ts'
import type { Schedule } from './schedule.ts'

const minuteMs = 60_000

/** Refusals of ours, without the interval that the recorder gives them. */
export type NewRefusal = Omit<Refusal, 'at' | 'count'>

/**
 * Writes refusals so that nobody can fill the ledger with them: of those that one person gets on one draft the first is an entry at
 * once, and those of the minute after it become one more, with their count, when that minute ends.
 */
export interface RefusalRecorder {
  /** @returns the entry, or null where it was counted only */
  record(refusal: NewRefusal): Promise<Entry | null>
  /** Writes what was counted so far; for the end of the process. */
  flush(): Promise<void>
}

interface Minute {
  /** The first of them: it stands for all. */
  refusal: NewRefusal
  /** Its entry, as soon as it is written. */
  first: Entry | null
  firstAt: number
  lastAt: number
  count: number
  endEarly(): void
}

export interface RefusalRooms {
  ledger: Pick<Ledger, 'recordRefusal'>
  now(): number
  schedule: Schedule
  /** Told when a count could not be written; it is kept for the next minute. */
  onFault(fault: unknown): void
}

export function createRefusalRecorder({ ledger, now, schedule, onFault }: RefusalRooms): RefusalRecorder {
  const minutes = new Map<string, Minute>()

  function begin(key: string, refusal: NewRefusal, counted: Omit<Minute, 'refusal' | 'endEarly'>): void {
    const endEarly = schedule(minuteMs, () => void end(key).catch(onFault))
    minutes.set(key, { refusal, ...counted, endEarly })
  }

  async function end(key: string): Promise<void> {
    const minute = minutes.get(key)
    minutes.delete(key)
    if (!minute || minute.count === 0) return
    const { refusal, first, firstAt, lastAt, count } = minute
    try {
      await ledger.recordRefusal({ ...refusal, ...(first && { first }), at: { after: firstAt, by: lastAt }, count })
    } catch (fault) {
      const since = minutes.get(key)
      if (since) since.count += count
      else begin(key, refusal, { first, count, firstAt, lastAt })
      throw fault
    }
  }

  return {
    async record(refusal) {
      const key = keyOf(refusal)
      const at = now()
      const minute = minutes.get(key)
      if (minute) {
        if (minute.count === 0) minute.firstAt = at
        minute.lastAt = at
        minute.count += 1
        return null
      }
      begin(key, refusal, { first: null, count: 0, firstAt: at, lastAt: at })
      try {
        const first = await ledger.recordRefusal({ ...refusal, at: { after: at, by: at } })
        const begun = minutes.get(key)
        if (begun) begun.first = first
        return first
      } catch (fault) {
        // It is on no line yet, so the next one is the first again.
        minutes.get(key)?.endEarly()
        minutes.delete(key)
        throw fault
      }
    },
    async flush() {
      for (const [key, minute] of minutes) {
        minute.endEarly()
        await end(key).catch(onFault)
      }
    },
  }
}

function keyOf({ kind, outcome, actor, ref }: NewRefusal): string {
  return JSON.stringify([kind, outcome, actor.personId, actor.token ?? null, ref.workspace, ref.namespace, ref.draftId])
}

import { NoAnswer, Throttled, type UpstreamDraft } from '@lockdesk/flink-client'
import { type Ledger, LedgerUnavailable } from '../ledger/ledger.ts'
import { type Looking, readOne } from './read-one.ts'
import { worthReading } from './worth-reading.ts'

/** Of the budget; the lists and everything else share the other half. */
const share = 0.5

export interface DirectRounds {
  /** Calls that the last round took. */
  readonly looks: number
  /** Reads the drafts that are worth it most, each into the ledger as soon as it is read. Ends early where the cloud or the store does not answer. */
  read(drafts: Iterable<UpstreamDraft>, most: number, until: number): Promise<void>
  /** Lists tell of locks again. */
  rest(): void
}

/** @param part of everything that goes by the budget, from 0 to 1 */
export function looksOfARound(perMinute: number, paceMs: number, part: number): number {
  return Math.max(1, Math.floor(((perMinute * share * paceMs) / 60_000) * part))
}

/** Rounds of direct looks at the drafts of a namespace whose lists do not tell of locks. */
export function createDirectRounds(
  given: Looking & { ledger: Pick<Ledger, 'head' | 'heldDrafts' | 'observeReading'>; isOpen(draftId: string): boolean },
): DirectRounds {
  const readAt = new Map<string, number>()
  let looks = 0

  async function observe(draftId: string): Promise<boolean> {
    looks += 1
    const look = await readOne(given, draftId)
    readAt.set(draftId, given.now())
    if (look.kind === 'unknown') return !(look.error instanceof NoAnswer || look.error instanceof Throttled)
    if (look.kind !== 'there') return look.kind === 'none'
    return given.ledger.observeReading(given.namespace, look.reading).then(
      () => true,
      (error: unknown) => {
        if (error instanceof LedgerUnavailable) return false
        throw error
      },
    )
  }

  return {
    get looks() {
      return looks
    },
    async read(drafts, most, until) {
      looks = 0
      const held = new Set(await given.ledger.heldDrafts(given.namespace))
      const worth = {
        isHeld: (id: string) => held.has(id),
        isOpen: given.isOpen,
        readAt: (id: string) => readAt.get(id),
        now: given.now(),
      }
      for (const draftId of worthReading(drafts, worth, most))
        if (given.now() >= until || !(await observe(draftId))) return
    },
    rest() {
      looks = 0
      readAt.clear()
    },
  }
}

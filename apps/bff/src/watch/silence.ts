import type { UpstreamDraft } from '@lockdesk/flink-client'
import type { Ledger } from '../ledger/ledger.ts'
import { greatest } from './greatest.ts'
import { type Looking, readOne } from './read-one.ts'
import type { Sweep } from './sweep-namespace.ts'

/** So often in a row a direct look must contradict the list. Once may be a lock that was taken in between. */
const decides = 2

/** What the lists of all namespaces of one workspace have shown: they are the same call. */
export interface ListsTogether {
  /** One has shown a lock, and none has been found to be mute since. */
  showLocks: boolean
}

/** Finds out whether the lists of one namespace tell of locks at all. */
export interface Silence {
  /** They do not: drafts have to be read one by one. */
  readonly isDecided: boolean
  /** Looks that the last judgement took. */
  readonly looks: number
  /** @returns whether the silence of this very sweep about locks is to be counted for nothing */
  judge(sweep: Pick<Sweep, 'readings' | 'failure'>): Promise<boolean>
}

/**
 * No source says whether a list shows locks. So where none of a list's drafts has one, one draft is read directly as a canary: one that is known to be
 * held, or where no list of the workspace has shown a lock yet, the ones saved last in turn. As soon as one list shows one lock, all is well.
 * @param together shared by all namespaces of the workspace
 * @param isDecided it was so before a restart
 */
export function createSilence(
  given: Looking & { ledger: Pick<Ledger, 'head' | 'looseEnds' | 'heldDrafts'> },
  together: ListsTogether,
  isDecided: boolean,
): Silence {
  let disagreements = isDecided ? decides : 0
  /** The draft of the last disagreement: it is asked again. */
  let canary: string | null = null
  let turn = 0
  let looks = 0

  async function judge({ readings, failure }: Pick<Sweep, 'readings' | 'failure'>): Promise<boolean> {
    looks = 0
    if (readings.some(({ draft }) => draft.lock !== null)) {
      together.showLocks = true
      disagreements = 0
      canary = null
      return false
    }
    if (disagreements >= decides) return true
    if (readings.length === 0) return false
    const listed = new Map(readings.map(({ draft }) => [draft.draftId, draft]))
    const { listsCarryLocks } = await given.ledger.looseEnds(given.namespace)
    const held = (await given.ledger.heldDrafts(given.namespace)).filter(id => listed.has(id))
    if ((listsCarryLocks || together.showLocks) && held.length === 0) return false
    // Nobody will answer now. Where many holds would end at once, it is safer to wait for the next list.
    if (failure) return listsCarryLocks
    const chosen = canary !== null && listed.has(canary) ? canary : (held[0] ?? savedLast(listed, turn++))
    looks = 1
    const look = await readOne(given, chosen)
    if (look.kind === 'there' && look.reading.draft.lock !== null) {
      canary = chosen
      disagreements += 1
      together.showLocks = false
      return listsCarryLocks || disagreements >= decides
    }
    if (look.kind === 'unknown') return listsCarryLocks
    canary = null
    disagreements = 0
    return false
  }

  return {
    get isDecided() {
      return disagreements >= decides
    },
    get looks() {
      return looks
    },
    judge,
  }
}

const mostInTurn = 20

/** Of the drafts saved last one after the other: somebody was at work on them. */
function savedLast(listed: ReadonlyMap<string, UpstreamDraft>, turn: number): string {
  const latest = greatest(listed.values(), mostInTurn, draft => draft.modifiedAt ?? 0)
  return latest[turn % latest.length]?.draftId ?? ''
}

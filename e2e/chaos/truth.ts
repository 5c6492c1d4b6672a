import type { Emulator } from '@lockdesk/flink-emulator'

/** How one draft's lock stood in the cloud from `since` on. */
export interface TrueState {
  /** Null: free, or deleted. */
  holderId: string | null
  since: number
  isDeleted: boolean
}

/** What really happened to a draft, oldest first. */
export interface TrueDraft {
  draftId: string
  namespace: string
  /** Only colleagues in the console ever touch it: no take may hide what they do. */
  isLeftToColleagues: boolean
  states: TrueState[]
}

type CloudDraft = Emulator['world'] extends { drafts: Map<string, infer Draft> } ? Draft : never

/**
 * Keeps every state that a draft's lock has had. The emulated cloud remembers the last few by itself; gathered often enough, none is missed.
 */
export function watchTruth(emulator: Emulator, everyMs = 50) {
  const drafts = new Map<string, TrueDraft>()
  /** Of each draft, the last of its past states that was seen. */
  const lastSeen = new Map<string, unknown>()
  const leftToColleagues = new Set<string>()

  const take = (draft: CloudDraft) => {
    const known = drafts.get(draft.id) ?? {
      draftId: draft.id,
      namespace: draft.namespace.name,
      isLeftToColleagues: leftToColleagues.has(draft.id),
      states: [],
    }
    drafts.set(draft.id, known)
    const past = draft.earlier.slice(draft.earlier.findIndex(state => state === lastSeen.get(draft.id)) + 1)
    for (const { lock, since } of past) put(known, lock?.holder.id ?? null, since)
    lastSeen.set(draft.id, draft.earlier.at(-1))
    put(known, draft.lock?.holder.id ?? null, draft.since)
  }
  const gather = () => {
    for (const draft of emulator.world.drafts.values()) take(draft)
  }
  const timer = setInterval(gather, everyMs)
  timer.unref()
  gather()
  return {
    /** From the next look on, this draft counts as one that no take touches. */
    leaveToColleagues(draftIds: Iterable<string>) {
      for (const id of draftIds) {
        leftToColleagues.add(id)
        const known = drafts.get(id)
        if (known) known.isLeftToColleagues = true
      }
    },
    deleted(draftId: string) {
      drafts.get(draftId)?.states.push({ holderId: null, since: Date.now(), isDeleted: true })
    },
    gather,
    /** @returns all drafts that there ever were */
    all(): TrueDraft[] {
      gather()
      return [...drafts.values()]
    },
    stop: () => clearInterval(timer),
  }
}

export type Truth = ReturnType<typeof watchTruth>

/** The state that was put last may be told again, from its place among the past ones. */
function put(draft: TrueDraft, holderId: string | null, since: number): void {
  const last = draft.states.at(-1)
  if (last?.since === since && last.holderId === holderId && !last.isDeleted) return
  draft.states.push({ holderId, since, isDeleted: false })
}

import type { DraftRef } from '@lockdesk/contract'

const freshMs = 2 * 60_000

/** How often processes tell each other that somebody looks, and for how long it counts. */
export const tellEveryMs = 5_000
const toldForMs = 3 * tellEveryMs

/** Whether anybody looks: an open stream, or a board read in the last two minutes, here or by another process. Sweeps go by it. */
export interface Looking {
  boardWasRead(): void
  /** Somebody has a draft's page open. */
  draftWasRead(draft: DraftRef): void
  /** A draft's page was opened here in the last two minutes. */
  isOpen(draft: DraftRef): boolean
  /** Another process has told that somebody looks there. */
  somebodyLooksElsewhere(): void
  isAnybodyLookingHere(): boolean
  isAnybodyLooking(): boolean
}

export function createLooking({ now, openStreams }: { now(): number; openStreams(): number }): Looking {
  let boardReadAt = Number.NEGATIVE_INFINITY
  let toldAt = Number.NEGATIVE_INFINITY
  /** By when, the oldest first. */
  const drafts = new Map<string, number>()
  const isAnybodyLookingHere = () => openStreams() > 0 || now() - boardReadAt <= freshMs
  return {
    boardWasRead() {
      boardReadAt = now()
    },
    draftWasRead(draft) {
      for (const [key, at] of drafts) {
        if (now() - at <= freshMs) break
        drafts.delete(key)
      }
      drafts.delete(keyOf(draft))
      drafts.set(keyOf(draft), now())
    },
    isOpen: draft => now() - (drafts.get(keyOf(draft)) ?? Number.NEGATIVE_INFINITY) <= freshMs,
    somebodyLooksElsewhere() {
      toldAt = now()
    },
    isAnybodyLookingHere,
    isAnybodyLooking: () => isAnybodyLookingHere() || now() - toldAt <= toldForMs,
  }
}

const keyOf = ({ workspace, namespace, draftId }: DraftRef) => JSON.stringify([workspace, namespace, draftId])

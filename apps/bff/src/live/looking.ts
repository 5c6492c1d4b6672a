const freshMs = 2 * 60_000

/** How often processes tell each other that somebody looks, and for how long it counts. */
export const tellEveryMs = 5_000
const toldForMs = 3 * tellEveryMs

/** Whether anybody looks: an open stream, or a board read in the last two minutes, here or by another process. Sweeps go by it. */
export interface Looking {
  boardWasRead(): void
  /** Another process has told that somebody looks there. */
  somebodyLooksElsewhere(): void
  isAnybodyLookingHere(): boolean
  isAnybodyLooking(): boolean
}

export function createLooking({ now, openStreams }: { now(): number; openStreams(): number }): Looking {
  let boardReadAt = Number.NEGATIVE_INFINITY
  let toldAt = Number.NEGATIVE_INFINITY
  const isAnybodyLookingHere = () => openStreams() > 0 || now() - boardReadAt <= freshMs
  return {
    boardWasRead() {
      boardReadAt = now()
    },
    somebodyLooksElsewhere() {
      toldAt = now()
    },
    isAnybodyLookingHere,
    isAnybodyLooking: () => isAnybodyLookingHere() || now() - toldAt <= toldForMs,
  }
}

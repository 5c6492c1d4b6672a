const freshMs = 2 * 60_000

/** Whether anybody looks: an open stream, or a board read in the last two minutes. Sweeps go by it. */
export interface Looking {
  boardWasRead(): void
  isAnybodyLooking(): boolean
}

export function createLooking({ now, openStreams }: { now(): number; openStreams(): number }): Looking {
  let boardReadAt = Number.NEGATIVE_INFINITY
  return {
    boardWasRead() {
      boardReadAt = now()
    },
    isAnybodyLooking: () => openStreams() > 0 || now() - boardReadAt <= freshMs,
  }
}

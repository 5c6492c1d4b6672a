import type { DraftRef } from '@lockdesk/contract'

/** Drafts that the cloud said it does not know: a caller in a loop does not make it say so again and again. */
export interface AbsentIds {
  remember(ref: DraftRef): void
  /** It was said within the last minute. */
  has(ref: DraftRef): boolean
}

const forMs = 60_000
const most = 10_000

export function createAbsentIds({ now }: { now(): number }): AbsentIds {
  /** When it was said, oldest first. */
  const said = new Map<string, number>()
  const keyOf = ({ workspace, namespace, draftId }: DraftRef) => JSON.stringify([workspace, namespace, draftId])
  const isOld = (at: number) => now() - at >= forMs

  return {
    remember(ref) {
      for (const [key, at] of said) {
        if (!isOld(at) && said.size < most) break
        said.delete(key)
      }
      said.set(keyOf(ref), now())
    },
    has(ref) {
      const at = said.get(keyOf(ref))
      return at !== undefined && !isOld(at)
    },
  }
}

import type { UpstreamDraft } from '@lockdesk/flink-client'
import { greatest } from './greatest.ts'

/** What makes a draft worth a direct look, where lists do not tell of locks. */
export interface Worth {
  /** Known to be held, or a take of it is not settled: it will change. */
  isHeld(draftId: string): boolean
  /** Somebody has the draft open on a page. */
  isOpen(draftId: string): boolean
  /** When it was read directly last, in epoch ms; undefined: never since the watch began. */
  readAt(draftId: string): number | undefined
  now: number
}

const tenMinutesMs = 10 * 60_000
const dayMs = 24 * 60 * 60_000

/**
 * The drafts to be read next, the most urgent first: the longer ago a draft was read and the more it is worth, the sooner its turn. Every draft has one
 * some time.
 */
export function worthReading(drafts: Iterable<UpstreamDraft>, worth: Worth, most: number): string[] {
  const urgency = (draft: UpstreamDraft) => {
    const readAt = worth.readAt(draft.draftId)
    const weight = weightOf(draft, worth)
    // What was never read comes first, the more it is worth the sooner.
    return readAt === undefined ? Number.MAX_SAFE_INTEGER / 64 + weight : (worth.now - readAt) * weight
  }
  return greatest(drafts, most, urgency).map(({ draftId }) => draftId)
}

function weightOf({ draftId, modifiedAt }: UpstreamDraft, worth: Worth): number {
  const savedMs = modifiedAt === null ? Number.POSITIVE_INFINITY : worth.now - modifiedAt
  const saved = savedMs < tenMinutesMs ? 4 : savedMs < dayMs ? 2 : 1
  return Math.max(saved, worth.isHeld(draftId) ? 8 : 0, worth.isOpen(draftId) ? 16 : 0)
}

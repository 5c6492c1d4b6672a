import type { Problem, TakeOutcome } from '@lockdesk/contract'
import { isProblem } from '../../api/problem-error.ts'

/** What came back of one take that was sent once. */
export type TakeAnswer =
  | { kind: 'outcome'; outcome: TakeOutcome }
  /** `retryAfterMs`: how long to wait, where the server says so. */
  | { kind: 'problem'; problem: Problem; retryAfterMs: number | null }
  /** No answer that can be read: the request may have been carried out all the same. */
  | { kind: 'lost' }

/** Reads what was thrown. Whatever is no problem of Lockdesk's leaves open whether the take was carried out. */
export function answerOf(error: unknown): TakeAnswer {
  if (!isProblem(error)) return { kind: 'lost' }
  return { kind: 'problem', problem: error.problem, retryAfterMs: error.retryAfterMs ?? null }
}

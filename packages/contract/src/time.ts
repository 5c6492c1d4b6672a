import { z } from 'zod'

/** A moment as ISO 8601 in UTC with milliseconds, `2026-11-25T08:00:00.000Z`. */
export const Instant = z.iso.datetime({ precision: 3 })

/**
 * The cloud gives no lock times, so a moment is known as an interval: the change happened after `after`
 * (when the previous reading of the draft was sent, or earlier) and not later than `by` (when the reading
 * that showed it arrived). `after: null`: it was already so when watching began.
 */
export const Interval = z.object({ after: Instant.nullable(), by: Instant })
export type Interval = z.infer<typeof Interval>

/**
 * How a moment is known.
 * - `exact`: Lockdesk did it
 * - `bounded`: free in one reading, held in the next
 * - `unwatched`: it changed while nobody watched
 * - `at-least`: it was already held when watching began
 */
export const Known = z.enum(['exact', 'bounded', 'unwatched', 'at-least'])
export type Known = z.infer<typeof Known>

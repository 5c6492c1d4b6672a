import { z } from 'zod'

/** Sent at most 15 s apart; `head` is the cursor of the newest entry this reader may have missed nothing before. */
export const Heartbeat = z.object({ head: z.string() })
export type Heartbeat = z.infer<typeof Heartbeat>

/** The names of the stream's events: `lock` carries a LockEvent, `freshness` a namespace as on the board. */
export const liveEvents = ['lock', 'freshness', 'reset', 'heartbeat'] as const
export type LiveEvent = (typeof liveEvents)[number]

import type { Attempt } from './operations.ts'
import type { Reply } from './reply.ts'
import { retryAfterMs } from './retry.ts'
import type { Delivery } from './send.ts'
import { isServerError, isThrottlingCode, isThrottlingStatus } from './verdict.ts'

/** What an attempt came to, for whoever keeps the budget. `reply` is null where nothing came. */
export function outcomeOf(
  delivery: Delivery,
  reply: Reply | null,
): Pick<Attempt, 'outcome' | 'status' | 'retryAfterMs'> {
  if (!delivery.came || reply === null) return { outcome: 'failed' }
  const { status } = delivery
  if (isThrottlingCode(reply.errorCode) || isThrottlingStatus(reply, delivery)) {
    const askedMs = retryAfterMs(delivery.headers)
    return askedMs === undefined
      ? { outcome: 'throttled', status }
      : { outcome: 'throttled', status, retryAfterMs: askedMs }
  }
  const failed = isServerError(reply, delivery) || reply.kind === 'unreadable'
  return { outcome: failed ? 'failed' : 'answered', status }
}
